"""How the form's script groups the digits of a pay, for the tests of the script and of what reads a pay."""

#: What is typed, and what the field shows when it is left.
GROUPED = {
    "115000": "115,000",
    "115k": "115,000",
    "115 K": "115,000",
    "1.2m": "1,200,000",
    "1,25m": "1,250,000",
    "$115000": "$115,000",
    "US$ 90.5k": "US$ 90,500",
    "90000 €": "90,000 €",
    " 115000 ": "115,000",
    "900": "900",
}
#: What stays as it was typed.
LEFT = (
    "",
    "lots",
    "115,000",
    "115.000",
    "115 000",
    "50000.5",
    "1.255k",
    "₹1800000",
    "12 lakh",
    "115000 USD",
    "-5000",
    "0115000",
)
