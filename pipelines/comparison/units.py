"""What units of measure are worth: an hour 3600 seconds, a mile 1609.344 metres, a basis point 0.01 points.

Names, dimensions and factors are those of pint; a unit with an offset (degree Celsius) has no factor and is
left out. A month is a twelfth of a year, a year 365.25 days, a ton American.
"""

from collections.abc import Iterator

from pint import UndefinedUnitError, Unit, UnitRegistry
from pint.errors import DimensionalityError, OffsetUnitCalculusError

from pipelines.lists import read_list

BASES = {
    "time": "second",
    "length": "metre",
    "area": "metre ** 2",
    "volume": "metre ** 3",
    "mass": "kilogram",
    "speed": "metre / second",
    "energy": "joule",
    "power": "watt",
    "pressure": "pascal",
    "frequency": "hertz",
    "electric current": "ampere",
    "voltage": "volt",
}
OWN = {  # unit → dimension, factor: what pint has no word for, or takes for a plain number
    "century": ("time", 100 * 365.25 * 86_400),
    "decade": ("time", 10 * 365.25 * 86_400),
    "quarter": ("time", 365.25 * 86_400 / 4),
    "share": ("share", 1.0),
    "percent": ("share", 0.01),
    "percentage point": ("percentage point", 1.0),
    "basis point": ("percentage point", 0.01),
    "time": ("multiple", 1.0),
    "fold": ("multiple", 1.0),
    "barrel": ("volume", 0.158987294928),  # of oil, 42 gallons
    "revolution per minute": ("frequency", 1 / 60),
    "megabit per second": ("data rate", 1e6),
    "gigabit per second": ("data rate", 1e9),
    "byte": ("information", 1.0),
    "kilobyte": ("information", 1e3),
    "megabyte": ("information", 1e6),
    "gigabyte": ("information", 1e9),
    "terabyte": ("information", 1e12),
}


def list_units() -> Iterator[dict[str, object]]:
    """Yield the rows of `units`: units of measure first, then currencies, each a dimension of its own."""
    registry: UnitRegistry[float] = UnitRegistry()
    bases = {name: registry.parse_units(base) for name, base in BASES.items()}
    for name in sorted({row["unit"] for row in read_list("units")} | OWN.keys()):
        worth = OWN.get(name) or _measure(name, registry, bases)
        if worth:
            yield {"unit": name, "dimension": worth[0], "factor": worth[1]}
    for code in sorted({row["unit"] for row in read_list("currencies") if row["unit"].isupper()}):
        yield {"unit": code, "dimension": code, "factor": 1.0}


def _measure(name: str, registry: "UnitRegistry[float]", bases: dict[str, Unit]) -> tuple[str, float] | None:
    """Return the dimension of a unit and its factor, if pint knows it and it has no offset."""
    try:
        unit = registry.Quantity(1.0, _spell(name))
        dimension = next((d for d, base in bases.items() if unit.is_compatible_with(base)), None)
        return (
            None if dimension is None else (dimension, float(f"{unit.to(bases[dimension]).magnitude:.12g}"))
        )
    except (UndefinedUnitError, DimensionalityError, OffsetUnitCalculusError):
        return None


def _spell(name: str) -> str:
    """Write a unit as pint does: "square mile" as "mile**2", "kilowatt-hour" as "kilowatt*hour"."""
    parts = [part.split(" ", 1) for part in name.split(" per ")]
    powers = {"square": "**2", "cubic": "**3"}
    spelled = [f"{words[1]}{powers[words[0]]}" if words[0] in powers else "_".join(words) for words in parts]
    return "/".join(spelled).replace("-", "*").replace(" ", "_")
