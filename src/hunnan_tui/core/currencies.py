"""Currencies: their codes, and the signs and words that people type for them."""

from __future__ import annotations

from collections.abc import Mapping

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD
BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP
DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS
INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR
PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS
SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW
UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA
YER ZAR ZMW ZWG ZWL
"""
CODES = frozenset(_CODES.split())
"""The codes of ISO 4217, with some that were withdrawn lately and stand in older files.

Those for tests and for no currency at all (XTS, XXX) are none.
"""

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    spelling: tuple(codes.split())
    for codes, spellings in (
        ("USD AUD CAD HKD NZD SGD TWD MXN ARS CLP COP", "$ dollar dollars"),
        ("USD", "us$ usd 美元 美金"),
        ("CNY JPY", "¥ ￥"),
        ("CNY", "rmb cny yuan cn¥ 人民币"),
        ("CNY TWD HKD MOP", "元"),
        ("EUR", "€ eur euro euros 欧元"),
        ("GBP EGP", "£"),
        ("GBP", "gbp 英镑"),
        ("JPY", "jpy yen 円 日元"),
        ("HKD", "hk$ hkd 港元 港币"),
        ("TWD", "nt$ 新台币"),
        ("AUD", "a$"),
        ("CAD", "c$"),
        ("SGD", "s$"),
        ("BRL", "r$"),
        ("KRW", "₩ won 韩元"),
        ("INR", "₹ rupees"),
        ("RUB", "₽ rubles 卢布"),
        ("PLN", "zł zl zloty"),
        ("CZK", "kč kc"),
        ("SEK NOK DKK ISK", "kr"),
        ("TRY", "₺"),
        ("UAH", "₴"),
        ("KZT", "₸"),
        ("VND", "₫"),
        ("THB", "฿"),
        ("ILS", "₪"),
        ("PHP", "₱"),
        ("NGN", "₦"),
        ("KES", "ksh"),
    )
    for spelling in spellings.split()
}
"""Which currencies a sign or a word stands for, in lower case; the likeliest first."""


def find_code(typed: str, currency: str) -> str:
    """Return the code of what stands for a currency; empty if it is none.

    Args:
        typed: A code, a sign or a word, in any case.
        currency: The one that is meant where a sign stands for several.
    """
    if typed.upper() in CODES:
        return typed.upper()
    meant = SPELLINGS.get(typed.casefold(), ("",))
    return currency if currency in meant else meant[0]
