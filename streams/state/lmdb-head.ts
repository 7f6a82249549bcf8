import { closeSync, openSync, readSync } from 'node:fs'

/**
 * Offsets of `mm_magic`, `mm_version`, the map size and the page size in the two head pages of an LMDB file (`MDB_meta`
 * after a page header of 24 bytes, little-endian).
 */
const MAGIC = 0xbeefc0de
const AT = { magic: 24, version: 28, mapSize: 40, pageSize: 48 } as const
const HEAD_BYTES = 168
const PAGE_BYTES = [4096, 8192, 16_384, 32_768, 65_536]
const MAP_BYTES_MAX = 2 ** 47

/**
 * Describes what is wrong with the head pages of an LMDB file. Returns `undefined` if they are valid, or if the file is
 * missing or empty, which is a new store. Call it before opening: the library ends the process on heads that LMDB
 * rejects.
 */
export function faultOfHead(file: string): string | undefined {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const first = Buffer.alloc(HEAD_BYTES)
    const bytes = readSync(handle, first, 0, HEAD_BYTES, 0)
    if (bytes === 0) return undefined
    if (bytes < HEAD_BYTES) return `its file has no more than ${bytes} bytes`
    const pageSize = first.readUInt32LE(AT.pageSize)
    if (!isHead(first) || !PAGE_BYTES.includes(pageSize)) return 'its first head page is none'
    const second = Buffer.alloc(HEAD_BYTES)
    readSync(handle, second, 0, HEAD_BYTES, pageSize)
    return isHead(second) && second.readUInt32LE(AT.pageSize) === pageSize ? undefined : 'its second head page is none'
  } finally {
    closeSync(handle)
  }
}

function isHead(page: Buffer): boolean {
  const versions = [1, 2]
  return (
    page.readUInt32LE(AT.magic) === MAGIC &&
    versions.includes(page.readUInt32LE(AT.version)) &&
    page.readBigUInt64LE(AT.mapSize) < MAP_BYTES_MAX
  )
}
