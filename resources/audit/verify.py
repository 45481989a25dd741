#!/usr/bin/env python3
"""Verifies an audit export of Annotator. Needs Python 3.9 or newer and nothing else.

    python verify.py [FOLDER] [--fingerprint "1234 abcd …"]

It finds every change to the files of the export: acts that were changed, removed, reordered, inserted or cut off at
the end, texts and codebooks that were changed, signatures that do not fit. It ends with 0 when all is as it was
written; with 2 when it is, but the last acts of an author who has a key are not signed, so that only the exporter
vouches for them; and with 1 when it is not. Titles, outlets and dates of articles are covered by the exporter's
signature alone.

What that proves: that the holder of the key whose fingerprint is printed wrote this export as it is, and that every
signed act is as its author's key signed it. What it does not prove: who sat at a computer, or that somebody who holds
the keys has not written another history from the beginning. So compare the fingerprints with those that the authors
tell you by another way than this export; `--fingerprint` does it for the one who exported.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

FIRST = "0" * 64

# Ed25519 after RFC 8032, section 5.1, as its appendix gives it in Python: slow, and enough to verify.

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    found = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            found = add(found, point)
        point = add(point, point)
        number >>= 1
    return found


def is_same(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    if square % P == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point_of(data):
    y = int.from_bytes(data, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signature(public, message, signature):
    """Whether 64 bytes are the Ed25519 signature of a message by a public key of 32 bytes."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    return is_same(times(s, BASE), add(r, times(h, a)))


# What an export holds.


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    """Canonical JSON (RFC 8785) of what Annotator writes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def fingerprint(public):
    digits = sha256(public.encode("ascii"))[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def is_signed(purpose, digest, signature):
    public, signed = signature
    if (public, signed) != (public.lower(), signed.lower()):
        # In capitals it is the same key, but its fingerprint would be another one.
        return False
    message = f"annotator {purpose}\n{digest}".encode("ascii")
    try:
        return is_signature(bytes.fromhex(public), message, bytes.fromhex(signed))
    except ValueError:
        return False


class Broken(Exception):
    """What is wrong, in one sentence."""


def check_manifest(folder, wanted):
    raw = (folder / "manifest.json").read_bytes()
    signature = json.loads((folder / "manifest.sig.json").read_text("utf-8"))
    if not isinstance(signature, list) or len(signature) != 2 or not is_signed("audit", sha256(raw), signature):
        raise Broken("The manifest is not the one that was signed.")
    found = fingerprint(signature[0])
    if wanted and "".join(wanted.split()).lower() != found.replace(" ", ""):
        raise Broken(f"The export was signed with another key than the one you gave: {found}.")
    return json.loads(raw), found


def check_files(folder, manifest):
    listed = manifest["files"]
    for name, facts in sorted(listed.items()):
        path = folder / name
        if not path.is_file():
            raise Broken(f"{name} is missing.")
        if sha256(path.read_bytes()) != facts["sha256"]:
            raise Broken(f"{name} was changed since it was exported.")
    known = {*listed, "manifest.json", "manifest.sig.json"}
    other = sorted(one.name for one in folder.iterdir() if one.name not in known)
    if other:
        raise Broken(f"{other[0]} is no part of the export.")


def lines_of(path):
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            try:
                yield number, json.loads(raw)
            except ValueError:
                raise Broken(f"{path.name}, line {number}: it is no JSON.") from None


def check_journal(folder, manifest):
    """The chains of all authors; how many acts each has, how many after the last signed one, and what they say."""
    heads, unsigned, told = {}, {}, {"article": set(), "codebook": {}}
    for number, line in lines_of(folder / "journal.jsonl"):
        event = line["event"]
        author, place = event["author"], f"journal.jsonl, line {number}"
        seq, previous = heads.get(author, (0, FIRST))
        if event["seq"] != seq + 1:
            raise Broken(f"{place}: act {event['seq']} follows act {seq} of its author: one was removed or moved.")
        if event["previous"] != previous:
            raise Broken(f"{place}: it does not follow the act before it.")
        body = {name: value for name, value in event.items() if name != "hash"}
        if event["hash"] != sha256(previous.encode("ascii") + canonical(body)):
            raise Broken(f"{place}: the act was changed after it was written.")
        unsigned[author] = unsigned.get(author, 0) + 1
        keys = manifest["authors"].get(author, {}).get("keys", [])
        for signature in line["signatures"]:
            if signature[0] not in keys:
                raise Broken(f"{place}: it is signed with a key that is not its author's.")
            if not is_signed("event", event["hash"], signature):
                raise Broken(f"{place}: its signature does not fit.")
            unsigned[author] = 0
        heads[author] = (event["seq"], event["hash"])
        note(event["changes"], told)
    for author, (seq, last) in manifest["heads"].items():
        if heads.get(author) != (seq, last):
            name = manifest["authors"].get(author, {}).get("name", author)
            raise Broken(f"The acts of {name} do not end where they did: some were cut off or added.")
    if set(heads) != set(manifest["heads"]):
        raise Broken("There are acts of an author whom the manifest does not know.")
    return heads, unsigned, told


def note(changes, told):
    """Keep which articles acts speak of, and every state that they gave a codebook; `None` where it was taken back."""
    for kind, identity, before, after in changes:
        for image in (before, after):
            if image and isinstance(image.get("article"), str):
                told["article"].add(image["article"])
        if kind == "codebook":
            told["codebook"].setdefault(identity, []).append(after)


def check_codebooks(folder, told):
    found = set()
    for number, line in lines_of(folder / "codebooks.jsonl"):
        if line in told["codebook"].get(line["id"], ()) and line["id"] not in found:
            found.add(line["id"])
        else:
            raise Broken(f"codebooks.jsonl, line {number}: no act has written this codebook.")
    if any(None not in states for identity, states in told["codebook"].items() if identity not in found):
        raise Broken("codebooks.jsonl: a codebook is missing.")


def check_articles(folder, manifest, told):
    found = set()
    for number, line in lines_of(folder / "articles.jsonl"):
        if line["id"] in found:
            raise Broken(f"articles.jsonl, line {number}: this article is there already.")
        found.add(line["id"])
        if line["id"] != "sha256:" + sha256(line["text"].encode("utf-8")):
            raise Broken(f"articles.jsonl, line {number}: the text was changed.")
    if told["article"] - found:
        raise Broken(f"articles.jsonl: an article that acts speak of is missing: {min(told['article'] - found)}.")
    if len(found) != manifest["articles"]:
        raise Broken(f"There are {len(found)} articles, and {manifest['articles']} were exported.")


def say(text):
    """Print a line on any terminal: names are other people's, and may hold what steers one."""
    print("".join(one if one.isprintable() else repr(one)[1:-1] for one in text))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--fingerprint", default="", help="of the one who exported, as told by another way")
    options = parser.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        # A console of few letters shows the others as their numbers.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        manifest, exporter = check_manifest(options.folder, options.fingerprint)
        check_files(options.folder, manifest)
        heads, unsigned, told = check_journal(options.folder, manifest)
        check_codebooks(options.folder, told)
        check_articles(options.folder, manifest, told)
    except Broken as problem:
        say(f"NOT SOUND: {problem}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        say(f"NOT SOUND: the export cannot be read ({problem.__class__.__name__}: {problem}).")
        return 1
    report(manifest, exporter, heads, unsigned)
    return 2 if any(count and any(manifest["authors"][one]["keys"]) for one, count in unsigned.items()) else 0


def report(manifest, exporter, heads, unsigned):
    say(f"Sound: {sum(seq for seq, _ in heads.values())} acts on {manifest['articles']} articles.")
    say(f"Exported and signed with the key {exporter}.")
    for author, (seq, _) in sorted(heads.items()):
        facts = manifest["authors"][author]
        keys = ", ".join(fingerprint(key) for key in facts["keys"] if key) or "no key"
        say(f"  {facts['name']}: {seq} acts; {keys}")
        if unsigned[author]:
            say(f"  WARNING: the last {unsigned[author]} of these are not signed; only the exporter vouches for them.")
    say("Compare these keys with their owners by another way than this export: a key says only who holds it.")


if __name__ == "__main__":
    sys.exit(main())
