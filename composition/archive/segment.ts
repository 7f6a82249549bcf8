import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { framesIn, withLengths } from '../backup/frames.ts'
import { sealed, unsealed } from '../backup/sealed-text.ts'

/** Format of the segments; a program refuses others. */
const FORMAT = 1
const DIGITS = 16

/** A partition of one incarnation of a topic. */
export interface ArchivedPartition {
  /** Name on the broker. */
  readonly topic: string
  readonly topicId: string
  readonly partition: number
}

/** What is in a segment: the committed records of a partition within a range of offsets. */
export interface SegmentManifest extends ArchivedPartition {
  readonly format: number
  /** First offset of the range. */
  readonly start: number
  /** The offset after the range. */
  readonly end: number
  readonly records: number
  /** Earliest and latest timestamp of its records, in ms; null if it has none. */
  readonly firstAt: number | null
  readonly lastAt: number | null
  /** Offset up to which the partition was archived in one go, as of the time `takenAt` (ms). */
  readonly passEnd: number
  readonly takenAt: number
  /** Time in ms at which the partition was last known to be archived up to its end; 0: never. */
  readonly sinceAt: number
  /** Whether superseded records before `passEnd` may be missing: compaction removed them, or the archive did. */
  readonly thinned: boolean
  /** Size of the frames before compression. */
  readonly plainBytes: number
  readonly bytes: number
  /** Of the object, hexadecimal. */
  readonly sha256: string
}

/** Thrown for an object that is missing or is not what its manifest says. */
export class DamagedArchiveError extends Error {
  override readonly name = 'DamagedArchiveError'
}

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Returns the folder of a partition. */
export function folderOf({ topic, topicId, partition }: ArchivedPartition): string {
  return `topics/${topic}/${topicId}/${partition}/`
}

/** Returns the name of a segment's manifest. Names sort like the offsets. */
export function manifestName(segment: ArchivedPartition & Pick<SegmentManifest, 'start' | 'end'>): string {
  return `${folderOf(segment)}${padded(segment.start)}-${padded(segment.end)}.json`
}

/** Returns the name of the records. It holds the checksum, so that these bytes never change under it. */
export function recordsName(segment: SegmentManifest): string {
  return manifestName(segment).replace('.json', `.${segment.sha256.slice(0, DIGITS)}.zst`)
}

const MANIFEST = /^topics\/([^/]+)\/([^/]+)\/(\d+)\/(\d{16})-(\d{16})\.json$/

/** Returns what the name of a manifest says; `undefined` for any other object. */
export function parseManifestName(
  name: string,
): (ArchivedPartition & Pick<SegmentManifest, 'start' | 'end'>) | undefined {
  const [, topic, topicId, partition, start, end] = MANIFEST.exec(name) ?? []
  if (topic === undefined || topicId === undefined) return undefined
  return { topic, topicId, partition: Number(partition), start: Number(start), end: Number(end) }
}

export const formatSegmentManifest = (manifest: SegmentManifest): Buffer => Buffer.from(sealed(manifest))

/** Throws `DamagedArchiveError` with the place of the manifest. */
export function parseSegmentManifest(bytes: Buffer, where: string): SegmentManifest {
  const manifest = unsealed<SegmentManifest>(bytes.toString())
  if (manifest === undefined) throw damaged(where)
  if (manifest.format === FORMAT) return manifest
  throw new DamagedArchiveError(
    `${where} has the format ${manifest.format}; this program reads ${FORMAT}: read it with the version that wrote it.`,
  )
}

/** Frames of a segment, and what its manifest says of them. */
export type SegmentContent = Omit<SegmentManifest, 'format' | 'bytes' | 'sha256' | 'plainBytes'>

/** Compresses encoded runs. */
export async function buildSegment(
  content: SegmentContent,
  frames: readonly Buffer[],
): Promise<{ readonly manifest: SegmentManifest; readonly bytes: Buffer }> {
  const pieces: Buffer[] = []
  for await (const piece of withLengths(frames)) pieces.push(piece)
  const plain = Buffer.concat(pieces)
  const bytes = await compress(plain)
  const sha256 = sumOf(bytes)
  return { manifest: { format: FORMAT, ...content, plainBytes: plain.length, bytes: bytes.length, sha256 }, bytes }
}

/** Returns the encoded runs. Throws `DamagedArchiveError` if the bytes are not those that the manifest describes. */
export async function openSegment(manifest: SegmentManifest, bytes: Buffer, where: string): Promise<Buffer[]> {
  if (bytes.length !== manifest.bytes || sumOf(bytes) !== manifest.sha256) throw damaged(where)
  const frames: Buffer[] = []
  for await (const frame of framesIn([await decompress(bytes)], where)) frames.push(frame)
  return frames
}

function sumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function padded(offset: number): string {
  return String(offset).padStart(DIGITS, '0')
}

function damaged(where: string): DamagedArchiveError {
  return new DamagedArchiveError(
    `${where} is damaged: it does not match its checksum. Bring it back from another copy of the archive.`,
  )
}
