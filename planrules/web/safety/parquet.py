"""How much a Parquet file unpacks to, by its own headers and without unpacking anything of it.

A few kilobytes can unpack to gigabytes: the footer names each column's pages, and each page says how large it becomes
and how many values are in it. Those are what a reader makes room by, so those are added up. The headers are written in
Thrift's compact protocol, of which this reads as much as they use.
"""

from typing import Any, Final

MARK: Final = b"PAR1"
_LONGEST_FOOTER: Final = 5_000_000
_DEEPEST: Final = 16
_ROW_GROUPS, _COLUMNS, _META = 4, 1, 3
_PACKED, _DATA_AT, _DICTIONARY_AT = 7, 9, 11
_PAGE_UNPACKED, _PAGE_PACKED = 2, 3
_DATA_PAGES: Final = (5, 8)
"""The fields of a page's header that a page of values has; its first field counts them."""
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_INTEGERS: Final = (4, 5, 6)


def unpacks_to(content: bytes) -> tuple[int, int]:
    """The bytes that all pages unpack to, and the rows: of each row group as many as its longest column has values.

    Raises:
        ValueError: the headers are not those of a Parquet file.
    """
    try:
        return _added_up(content)
    except (LookupError, TypeError, AttributeError, RecursionError):
        raise ValueError from None


def _added_up(content: bytes) -> tuple[int, int]:
    length = int.from_bytes(content[-8:-4], "little")
    if content[-4:] != MARK or not 0 < length <= min(_LONGEST_FOOTER, len(content) - 12):
        raise ValueError
    footer, _ = _Reader(content, len(content) - 8 - length).struct()
    groups = [[column[_META] for column in group[_COLUMNS]] for group in footer.get(_ROW_GROUPS, [])]
    if sum(column[_PACKED] for group in groups for column in group) > len(content):
        raise ValueError  # pages that are counted twice
    found = [[_pages(content, column) for column in group] for group in groups if group]
    size = sum(each for group in found for each, _ in group)
    return size, sum(max(values for _, values in group) for group in found)


def _pages(content: bytes, column: dict[int, Any]) -> tuple[int, int]:
    """The bytes that a column of a row group unpacks to, and its values."""
    at = min(column[_DATA_AT], column.get(_DICTIONARY_AT) or column[_DATA_AT])
    end = at + column[_PACKED]
    if not 0 < at <= end <= len(content):
        raise ValueError
    size, values = 0, 0
    while at < end:
        header, at = _Reader(content, at).struct()
        if min(header[_PAGE_PACKED], header[_PAGE_UNPACKED]) < 0:
            raise ValueError
        size += header[_PAGE_UNPACKED]
        values += sum(header[kind][1] for kind in _DATA_PAGES if kind in header)
        at += header[_PAGE_PACKED]
    return size, values


class _Reader:
    """Reads values of the compact protocol one after the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content, self._at = content, at

    def struct(self, depth: int = 0) -> tuple[dict[int, Any], int]:
        """The fields of a struct by number, and where it ends."""
        if depth > _DEEPEST:
            raise ValueError
        found: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._integer()
            kind = head & 15
            found[number] = kind == _TRUE if kind in {_TRUE, _FALSE} else self._value(kind, depth)
        return found, self._at

    def _value(self, kind: int, depth: int) -> Any:  # noqa: ANN401  whatever the file has
        if kind in _INTEGERS:
            return self._integer()
        if kind in {_TRUE, _FALSE, _BYTE}:
            return self._byte()
        if kind in {_DOUBLE, _BINARY}:
            length = 8 if kind == _DOUBLE else self._varint()
            self._at += length
            return None
        if kind in {_LIST, _SET}:
            return self._list(depth)
        if kind == _STRUCT:
            return self.struct(depth + 1)[0]
        raise ValueError  # maps, which Parquet does not use, among them

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        count = head >> 4 if head >> 4 != 15 else self._varint()  # noqa: PLR2004  15: the count follows
        if count > len(self._content):
            raise ValueError
        return [self._value(head & 15, depth + 1) for _ in range(count)]

    def _byte(self) -> int:
        found = self._content[self._at]
        self._at += 1
        return found

    def _varint(self) -> int:
        found, shift = 0, 0
        while True:
            part = self._byte()
            found |= (part & 127) << shift
            shift += 7
            if part < 128:  # noqa: PLR2004  the last part has no high bit
                return found
            if shift > 63:  # noqa: PLR2004  no integer is longer
                raise ValueError

    def _integer(self) -> int:
        found = self._varint()
        return (found >> 1) ^ -(found & 1)
