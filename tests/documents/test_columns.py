from documents.columns import SHORT, room, share


def test_codes_and_amounts_keep_one_line_beside_long_words():
    columns = share([13, 25, 300, 10])
    assert [column.one_line for column in columns] == [True, False, False, True]
    assert columns[0].width * 85 / 100 >= 13 and columns[3].width * 85 / 100 >= 10


def test_a_code_of_wide_letters_is_not_kept_on_a_line_that_it_overruns():
    assert room("4.1.02.03.01.0001") <= SHORT < room("W" * SHORT)


def test_a_table_with_room_shares_by_need():
    assert [column.width for column in share([17, 7])] == [67, 33]


def test_a_crowded_table_breaks_everywhere():
    assert not any(column.one_line for column in share([16] * 6))


def test_no_column_is_none():
    assert share([]) == [] and share([0])[0].width == 100


def test_the_columns_together_are_as_wide_as_the_paper():
    for lengths in ([3, 40, 40, 10], [14, 40, 40, 12], [5, 6, 7], [1] * 7, [40, 1, 1]):
        assert sum(column.width for column in share(lengths)) == 100
