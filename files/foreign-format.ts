/** File formats that are commonly mistaken for tables, by their magic bytes. */
const formats = [
  ['PK\x03\x04', 'an Excel workbook or another ZIP archive: save the sheet as CSV'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook: save the sheet as CSV'],
  ['PAR1', 'Parquet: write it as CSV or JSON lines'],
  ['\x28\xb5\x2f\xfd', 'packed with zstd: unpack it, or pack it with gzip'],
  ['BZh', 'packed with bzip2: unpack it, or pack it with gzip'],
  ['\xfd7zXZ', 'packed with xz: unpack it, or pack it with gzip'],
  ['%PDF', 'a PDF: write the table as CSV'],
  ['SQLite format 3', 'an SQLite database: write the table as CSV'],
] as const

/** Returns what kind of file it is instead of text, and what to do about it. */
export function foreignFormat(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, 16)).toString('latin1')
  return formats.find(([mark]) => text.startsWith(mark))?.[1]
}

/** Whether a file is compressed with gzip, whatever its name. */
export function hasGzipMagic(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}
