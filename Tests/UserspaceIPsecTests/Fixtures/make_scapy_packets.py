#!/usr/bin/env python3
"""Makes scapy-packets.tsv: packets that another implementation of ESP and AH protected.

    python3 make_scapy_packets.py > scapy-packets.tsv        (pip: scapy 2.8, cryptography)

Keys are fixed patterns, so that a new run gives the same file but for the random IVs of CBC.
"""
import logging

logging.getLogger("scapy.runtime").setLevel(logging.ERROR)
logging.getLogger("scapy.loading").setLevel(logging.CRITICAL)

from scapy.all import IP, IPv6, UDP, Raw, raw  # noqa: E402
from scapy.layers.ipsec import AH, ESP, SecurityAssociation  # noqa: E402

CIPHERS = {  # our name: (scapy's name, octets of key and salt)
    "aes-gcm-16-128": ("AES-GCM", 20),
    "aes-gcm-16-256": ("AES-GCM", 36),
    "chacha20-poly1305": ("CHACHA20-POLY1305", 36),
    "aes-cbc-128": ("AES-CBC", 16),
    "aes-cbc-192": ("AES-CBC", 24),
    "aes-cbc-256": ("AES-CBC", 32),
    "null": ("NULL", 0),
}
HASHES = {
    "hmac-sha-1-96": ("HMAC-SHA1-96", 20),
    "hmac-sha-256-128": ("SHA2-256-128", 32),
    "hmac-sha-384-192": ("SHA2-384-192", 48),
    "hmac-sha-512-256": ("SHA2-512-256", 64),
}
ENDS = {4: ("192.0.2.1", "192.0.2.2"), 6: ("2001:db8::1", "2001:db8::2")}
INSIDE = {4: ("10.1.0.1", "10.2.0.2"), 6: ("fd00:1::1", "fd00:2::2")}
SPI = 0x1001
HEADER = {4: IP, 6: IPv6}


def pattern(first, count):
    return bytes((first + 7 * i) & 0xFF for i in range(count))


def datagram(family, ends):
    payload = b"What scapy protected, our stack opens."
    packet = HEADER[family](src=ends[0], dst=ends[1]) / UDP(sport=1234, dport=5678) / Raw(payload)
    return HEADER[family](raw(packet))


def suites():
    for name, (cipher, count) in CIPHERS.items():
        if name.startswith(("aes-gcm", "chacha")):
            yield "esp", name, cipher, pattern(0x11, count), "-", None, b""
        else:
            for hash_name, (code, code_count) in HASHES.items():
                yield "esp", name, cipher, pattern(0x11, count), hash_name, code, pattern(0x83, code_count)
    for hash_name, (code, code_count) in HASHES.items():
        yield "ah", "-", None, b"", hash_name, code, pattern(0x83, code_count)


def cases():
    for suite in suites():
        for outer in (4, 6):
            yield suite, "tunnel", outer, 4, None, False
            yield suite, "tunnel", outer, 6, None, False
            yield suite, "transport", outer, outer, None, False
            yield suite, "tunnel", outer, 4, 3, False  # ESN: the high half is 3
        if suite[0] == "esp":
            yield suite, "tunnel", 4, 4, None, True


print("# protocol  encryption  integrity  mode  udp  high(ESN or -)  number  source  destination  spi"
      "  encryption-key+salt  integrity-key  packet-before  packet-after; tab-separated, octets in hexadecimal")
for suite, mode, outer, inner, high, udp in cases():
    protocol, cipher_name, cipher, key, hash_name, code, code_key = suite
    ends = ENDS[outer]
    before = datagram(inner, ends if mode == "transport" else INSIDE[inner])
    sa = SecurityAssociation(
        ESP if protocol == "esp" else AH, SPI, crypt_algo=cipher, crypt_key=key or None,
        auth_algo=code, auth_key=code_key or None,
        tunnel_header=HEADER[outer](src=ends[0], dst=ends[1]) if mode == "tunnel" else None,
        nat_t_header=UDP(sport=4500, dport=4500) if udp else None)
    number = 42
    after = sa.encrypt(before, seq_num=number, esn_en=high is not None, esn=high or 0)
    print("\t".join([
        protocol, cipher_name, hash_name, mode, "udp" if udp else "-", "-" if high is None else str(high),
        str(number), ends[0], ends[1], hex(SPI), key.hex() or "-", code_key.hex() or "-",
        raw(before).hex(), raw(after).hex()]))
