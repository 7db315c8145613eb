"""The pinyin of ids: the same as with the whole dictionary, in less memory."""

from __future__ import annotations

from pypinyin import lazy_pinyin

from hunnan_tui.importing import pinyin_process

WORDS = (
    *(
        "装备制造",
        "中国银行",
        "重庆重型机械",
        "长春",
        "音乐",
        "新能源汽车",
        "IT 与软件",
        "x",
    ),
    *("参差不齐", "行业", "大厦", "都市", "示例", ""),
)


def test_words_are_read_as_by_the_whole_dictionary() -> None:
    expected = ["-".join(lazy_pinyin(word)) for word in WORDS]
    assert pinyin_process.compute_pinyin(WORDS) == expected
    # one character has other readings in other words
    assert expected[1].endswith("yin-hang")
    assert expected[2].startswith("chong-qing-zhong")


def test_only_phrases_of_the_words_are_taken() -> None:
    found = pinyin_process._find_phrases(["重庆银行", "abc"])
    assert found is not None
    assert set(found) == {"重庆", "银行"}
