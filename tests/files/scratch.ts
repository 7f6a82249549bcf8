import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Writes a file with that content to a new folder and returns its path. */
export function fileOf(content: string | Uint8Array, name = 'data.csv'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'files-')), name)
  writeFileSync(file, content)
  return file
}

/** Encodes a text in an encoding that Node can’t write. */
export function encoded(text: string, encoding: 'gb18030' | 'windows-1251' | 'windows-1252' | 'utf-16be'): Buffer {
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  const bytes = new Map<string, readonly number[]>()
  const decoder = new TextDecoder(encoding)
  for (let one = 0; one < 256; one++)
    if (encoding !== 'gb18030' || one < 128) bytes.set(decoder.decode(Uint8Array.of(one)), [one])
  if (encoding === 'gb18030')
    for (let lead = 0xb0; lead < 0xf8; lead++)
      for (let trail = 0xa1; trail < 0xff; trail++) bytes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  return Buffer.from([...text].flatMap((letter) => bytes.get(letter) ?? [63]))
}
