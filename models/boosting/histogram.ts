import type { BinnedRows } from './bins.ts'
import { BIN_SUMS } from './bins.ts'
import { histogramModule } from './histogram-module.ts'
import type { Sums } from './split.ts'
import { Instance, Memory } from './web-assembly.ts'

/** Where a histogram of all bins of all features begins in the memory of its `Histograms`. */
export type Histogram = number

/** Sums of derivatives by bin, over any rows. */
export interface Histograms {
  /** First and second derivative of each row, side by side: written before `begin`. */
  readonly derivatives: Float32Array
  /** Numbers of rows; what the other functions call places. */
  readonly rows: Int32Array
  /** Takes the derivatives as they are now. */
  begin(): void
  /** Of the rows at those places. */
  sums(from: number, to: number): Sums
  /** A new histogram of the rows at those places. */
  count(from: number, to: number): Histogram
  /** What is left of a leaf's histogram when one of its children's is taken off: the other child's. */
  subtract(from: Histogram, taken: Histogram): void
  /** `BIN_SUMS` numbers a bin: first derivatives, second ones, rows. Valid until the next call. */
  read(histogram: Histogram): Float64Array
  free(histogram: Histogram): void
}

const PAGE = 65_536
const PACKED = 16
const SUMMED = 8 * BIN_SUMS
const BYTES_MAX = 2 ** 32 - PAGE

interface Exports {
  pack(from: number, count: number, first: number, second: number, bits: bigint, to: number): void
  fill16: Fill
  fill32: Fill
  sum(packed: number, begin: number, end: number, into: number): void
  subtract(from: number, end: number, taken: number): void
  unpack(from: number, end: number, first: number, second: number, bits: bigint, to: number): void
}
type Fill = (cells: number, width: number, packed: number, begin: number, end: number, into: number) => void

/**
 * Memory and loops for the histograms of these rows, in WebAssembly (`histogram.wat`). `atOnce`: histograms that exist
 * at the same time, at most. Throws where the rows need more than 4 GB.
 */
export function createHistograms({ columns, features, starts, count, width }: BinnedRows, atOnce: number): Histograms {
  const bins = starts[width]! / BIN_SUMS
  const cellBytes = bins > 65_536 ? 4 : 2
  let bytes = 0
  const reserve = (size: number) => {
    const at = bytes
    bytes += Math.ceil(size / PACKED) * PACKED
    return at
  }
  const packedAt = reserve(PACKED * count)
  const derivativesAt = reserve(8 * count)
  const rowsAt = reserve(4 * count)
  const cellsAt = reserve(cellBytes * count * width)
  const summedAt = reserve(SUMMED * Math.max(1, bins))
  const sumAt = reserve(PACKED)
  const spare = Array.from({ length: atOnce }, () => reserve(PACKED * bins))
  if (bytes > BYTES_MAX)
    throw new Error(`${count} rows of ${width} features need ${Math.ceil(bytes / 2 ** 30)} GB; boosting can use 4.`)
  const memory = new Memory({ initial: Math.ceil(bytes / PAGE) })
  const { pack, fill16, fill32, sum, subtract, unpack } = new Instance(histogramModule(), {
    memory: { memory },
  }).exports as Exports
  const { buffer } = memory
  const Cells = cellBytes === 2 ? Uint16Array : Uint32Array
  fillCells(new Cells(buffer, cellsAt, count * width), { columns, features, count, width })
  const derivatives = new Float32Array(buffer, derivativesAt, 2 * count)
  const whole = new Uint8Array(buffer)
  const summed = new Float64Array(buffer, summedAt, BIN_SUMS * bins)
  const parts = new BigInt64Array(buffer, sumAt, 2)
  const bits = Math.ceil(Math.log2(count + 1))
  const fill = cellBytes === 2 ? fill16 : fill32
  let [first, second] = [1, 1]

  return {
    derivatives,
    rows: new Int32Array(buffer, rowsAt, count),
    begin() {
      const [firstMax, secondMax] = largest(derivatives)
      first = unit(firstMax, 62 - bits)
      second = unit(secondMax, 62 - 2 * bits)
      pack(derivativesAt, count, 1 / first, 1 / second, BigInt(bits), packedAt)
    },
    sums(from, to) {
      sum(packedAt, rowsAt + 4 * from, rowsAt + 4 * to, sumAt)
      return {
        gradient: Number(parts[0]) * first,
        hessian: Number(parts[1]! >> BigInt(bits)) * second,
        rows: to - from,
      }
    },
    count(from, to) {
      const at = spare.pop()
      if (at === undefined) throw new Error(`More than ${atOnce} histograms at once.`)
      whole.fill(0, at, at + PACKED * bins)
      fill(cellsAt, width, packedAt, rowsAt + 4 * from, rowsAt + 4 * to, at)
      return at
    },
    subtract(from, taken) {
      subtract(from, from + PACKED * bins, taken)
    },
    read(histogram) {
      unpack(histogram, histogram + PACKED * bins, first, second, BigInt(bits), summedAt)
      return summed
    },
    free(histogram) {
      spare.push(histogram)
    },
  }
}

/** The unit, a power of two, in which a number of that size takes so many bits. */
function unit(size: number, bits: number): number {
  return size > 0 ? 2 ** (Math.ceil(Math.log2(size)) - bits) : 1
}

function largest(derivatives: Float32Array): [number, number] {
  let [first, second] = [0, 0]
  for (let place = 0; place < derivatives.length; place += 2) {
    first = Math.max(first, Math.abs(derivatives[place]!))
    second = Math.max(second, derivatives[place + 1]!)
  }
  return [first, second]
}

/** Rows that are turned at a time: they stay in the cache. */
const BLOCK_ROWS = 256

/** Row after row, the bins of all features by their number among all: a row's bins are then adjacent in memory. */
function fillCells(
  cells: Uint16Array | Uint32Array,
  { columns, features, count, width }: Pick<BinnedRows, 'columns' | 'features' | 'count' | 'width'>,
): void {
  for (let begin = 0; begin < count; begin += BLOCK_ROWS) {
    const end = Math.min(count, begin + BLOCK_ROWS)
    for (let feature = 0, start = 0; feature < width; start += features[feature]!.count, feature++)
      for (let row = begin; row < end; row++) cells[row * width + feature] = start + columns[feature * count + row]!
  }
}
