import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { RECORD_KEY_BYTES_MAX } from './record-key.ts'

/**
 * Offsets in a file of LMDB 1.0, little-endian (`MDB_meta`, `MDB_page`, `MDB_node` in its mdb.c). The page header is
 * followed by the offsets of the page's nodes, relative to the end of the header.
 */
const META = { pageSize: 48, depth: 102, root: 136, lastPage: 144, transaction: 152 } as const
const META_BYTES = 168
const HEADER = 24
const PAGE = { flags: 18, lower: 20, upper: 22 } as const
const NODE_HEADER = 8
const NODE = { flags: 4, keySize: 6 } as const
const [BRANCH, LEAF] = [1, 2]
const KINDS = 0xff
const ELSEWHERE = 1
/** Size of a reference to overflow pages: first page, transaction and page count. */
const ELSEWHERE_BYTES = 24
const NO_PAGE = 2n ** 64n - 1n
/** Pages checked in one go: some milliseconds of work, after which heartbeats and other tasks have their turn. */
const PAGES_AT_ONCE = 500

interface Tree {
  readonly handle: number
  readonly pageSize: number
  /** Number of pages, the smaller of what the file and its head say. */
  readonly pages: number
}

/**
 * Describes what is wrong with the pages reachable from the newest head of an LMDB file; `undefined` if all keys and
 * values lie within bounds. LMDB trusts its pages: one wrong bit in a key size makes the library write outside its
 * memory, which ends the process sooner or later. The contents are not checked. Check the heads first (`faultOfHead`).
 */
export async function faultOfPages(file: string): Promise<string | undefined> {
  const handle = openSync(file, 'r')
  try {
    const head = newestHead(handle)
    const root = head.readBigUInt64LE(META.root)
    if (root === NO_PAGE) return undefined
    const pageSize = head.readUInt32LE(META.pageSize)
    const inFile = Math.floor(fstatSync(handle).size / pageSize)
    const pages = Math.min(Number(head.readBigUInt64LE(META.lastPage)) + 1, inFile)
    const fault = await faultOfTree({ handle, pageSize, pages }, Number(root), head.readUInt16LE(META.depth))
    // A former owner may still write and reuse pages during the check, so a fault counts only if the head is unchanged.
    return newestHead(handle).equals(head) ? fault : undefined
  } finally {
    closeSync(handle)
  }
}

function newestHead(handle: number): Buffer {
  const [first, second] = [Buffer.alloc(META_BYTES), Buffer.alloc(META_BYTES)]
  readSync(handle, first, 0, META_BYTES, 0)
  readSync(handle, second, 0, META_BYTES, first.readUInt32LE(META.pageSize))
  return second.readBigUInt64LE(META.transaction) > first.readBigUInt64LE(META.transaction) ? second : first
}

async function faultOfTree(tree: Tree, root: number, depth: number): Promise<string | undefined> {
  const page = Buffer.alloc(tree.pageSize)
  const open: { readonly number: number; readonly level: number }[] = [{ number: root, level: depth }]
  for (let looked = 0; open.length > 0; looked++) {
    const { number, level } = open.pop()!
    if (looked > tree.pages) return 'its pages lead to each other'
    if (number >= tree.pages || level < 1) return `its page ${number} is not where it can be`
    readSync(tree.handle, page, 0, tree.pageSize, number * tree.pageSize)
    const isLeaf = level === 1
    const nodes = nodesOf(page, isLeaf ? LEAF : BRANCH)
    if (nodes === undefined || Number(page.readBigUInt64LE(0)) !== number) return `its page ${number} is none`
    for (const at of nodes) {
      const fits = isLeaf ? fitsInLeaf(tree, page, at) : at + NODE_HEADER + keySizeAt(page, at) <= tree.pageSize
      if (!fits || keySizeAt(page, at) > RECORD_KEY_BYTES_MAX)
        return `its page ${number} holds a record that ends elsewhere`
      if (!isLeaf) open.push({ number: page.readUIntLE(at, 6), level: level - 1 })
    }
    if (looked % PAGES_AT_ONCE === PAGES_AT_ONCE - 1) await setImmediate()
  }
  return undefined
}

/** Returns the offsets of the page's nodes; `undefined` if it is not a page of that kind. */
function nodesOf(page: Buffer, kind: number): number[] | undefined {
  const [lower, upper] = [page.readUInt16LE(PAGE.lower), page.readUInt16LE(PAGE.upper)]
  const room = page.length - HEADER
  if ((page.readUInt16LE(PAGE.flags) & KINDS) !== kind || lower % 2 !== 0 || lower > upper || upper > room)
    return undefined
  const nodes: number[] = []
  for (let place = 0; place < lower; place += 2) {
    const at = page.readUInt16LE(HEADER + place)
    if (at < upper || at + NODE_HEADER > room) return undefined
    nodes.push(HEADER + at)
  }
  return nodes
}

function keySizeAt(page: Buffer, at: number): number {
  return page.readUInt16LE(at + NODE.keySize)
}

/** Returns whether the node's value lies within bounds, either after the key or in overflow pages. */
function fitsInLeaf({ pageSize, pages }: Tree, page: Buffer, at: number): boolean {
  const from = at + NODE_HEADER + keySizeAt(page, at)
  const bytes = page.readUInt32LE(at)
  const flags = page.readUInt16LE(at + NODE.flags)
  if (flags === 0) return from + bytes <= pageSize
  if (flags !== ELSEWHERE || from + ELSEWHERE_BYTES > pageSize) return false
  const [first, count] = [Number(page.readBigUInt64LE(from)), Number(page.readBigUInt64LE(from + 16))]
  return first + count <= pages && bytes + HEADER <= count * pageSize
}
