import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { cmykToRgb } from "../../../src/data/sources/cmyk.ts";
import { decodeImage } from "../../../src/data/sources/decode-image.ts";
import { projectFolder } from "../../../src/setup/project-folder.ts";
import { venvPython } from "../../../src/setup/python-packages.ts";
import { temporaryFolder } from "../../support/class-folders.ts";

/** Writes a picture of each kind, and its pixels as Pillow decodes them. */
const makePictures = `
import sys, struct
from PIL import Image, ImageCms
folder = sys.argv[1]
state = 1
def noise(n):
    global state
    out = bytearray()
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2**31
        out.append(state >> 16 & 255)
    return bytes(out)
smooth = Image.frombytes("RGB", (32, 32), bytes(v for y in range(32) for x in range(32) for v in (8 * x, 8 * y, 4 * (x + y))))
rough = Image.frombytes("RGB", (32, 32), noise(3072))
inks = Image.frombytes("CMYK", (32, 32), noise(4096))
profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
for tag in (b"rXYZ", b"gXYZ", b"bXYZ"):
    at = profile.index(tag)
    offset = struct.unpack(">I", profile[at + 4:at + 8])[0]
    x, y, z = struct.unpack(">iii", profile[offset + 8:offset + 20])
    profile[offset + 8:offset + 20] = struct.pack(">iii", y, z, x)
wide = {"icc_profile": bytes(profile)}
pictures = {
    "4-2-0.jpg": (rough, {"quality": 75, "subsampling": 2}),
    "4-4-4.jpg": (rough, {"quality": 95, "subsampling": 0}),
    "progressive.jpg": (smooth, {"progressive": True}),
    "grey.jpg": (smooth.convert("L"), {}),
    "profile.jpg": (smooth, wide),
    "profile.png": (smooth, wide),
    "profile-grey.jpg": (smooth.convert("L"), wide),
    "cmyk.jpg": (inks, {"quality": 100}),
    "cmyk-smooth.jpg": (smooth.convert("CMYK"), {"quality": 90}),
    "cmyk-profile.jpg": (inks, wide),
    "palette.png": (smooth.quantize(32), {}),
    "transparent.png": (smooth.quantize(16), {"transparency": 3}),
    "alpha.png": (Image.merge("RGBA", [*smooth.split(), rough.split()[0]]), {}),
    "bits.png": (smooth.convert("1"), {}),
}
for name, (picture, options) in pictures.items():
    file = folder + "/" + name
    picture.save(file, **options)
    with open(file + ".raw", "wb") as raw:
        raw.write(Image.open(file).convert("RGB").tobytes())
print("\\n".join(pictures))
`;

test("decodeImage: returns the same pixels as Pillow for every profile and colour space", async (t) => {
  const folder = await temporaryFolder(t);
  const python = venvPython(projectFolder);
  const names = execFileSync(python, ["-c", makePictures, folder], { encoding: "utf8" }).trim().split("\n");
  t.is(names.length, 14);
  for (const name of names) {
    const found = await decodeImage(await readFile(path.join(folder, name)), name);
    t.deepEqual(Buffer.from(found), await readFile(path.join(folder, `${name}.raw`)), name);
  }
});

test("cmykToRgb: no ink is white, black ink is black, and other inks absorb their complement", (t) => {
  const inks = [0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 128, 0, 0, 127];
  const pixels = [255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 0, 255, 255, 255, 0, 64, 128, 128];
  t.deepEqual([...cmykToRgb(Uint8Array.from(inks))], pixels);
});
