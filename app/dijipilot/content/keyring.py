"""Finds a license's record in the keyring of a pack: entries of one length, sorted, most of them for nobody."""

from dijipilot.content.pack_file import LOOKUP_BYTES, PackFile


def find_record(pack_file: PackFile, lookup: bytes) -> bytes | None:
    """Return the record that stands in the keyring under a lookup, or None.

    It is not proven by the pack: what proves it is the signature inside. Raises PackDamaged where the file is cut off.
    """
    manifest = pack_file.manifest
    entry_len = LOOKUP_BYTES + manifest.keyring_record_len
    start = manifest.sealed_len - manifest.keyring_len
    low, high = 0, manifest.keyring_count
    while low < high:
        middle = (low + high) // 2
        entry = pack_file.sealed_bytes(start + middle * entry_len, entry_len)
        if entry.startswith(lookup):
            return entry[LOOKUP_BYTES:]
        if entry[:LOOKUP_BYTES] < lookup:
            low = middle + 1
        else:
            high = middle
    return None
