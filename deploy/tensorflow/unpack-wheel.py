"""unpack-wheel.py WHEEL FOLDER: libtensorflow into FOLDER/lib, the headers of its interface for C into FOLDER/include."""
import pathlib
import re
import shutil
import sys
import zipfile

LIBRARIES = re.compile(r"tensorflow/(libtensorflow_(cc|framework)\.so\.2)$")
HEADERS = re.compile(r"tensorflow/(include/(tensorflow/c|tensorflow/tsl|tensorflow/core/platform|tsl|xla/tsl)/.*[^/])$")

wheel, folder = sys.argv[1], pathlib.Path(sys.argv[2])
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        library, header = LIBRARIES.match(name), HEADERS.match(name)
        if library is None and header is None:
            continue
        target = folder / (f"lib/{library[1]}" if library else header[1])
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as packed, open(target, "wb") as unpacked:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
