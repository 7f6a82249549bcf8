import fc from 'fast-check'
import { ByteCursor, varintLength, varlongLength, writeVarint, writeVarlong } from '../../../kafka/records/varint.ts'

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const safeInteger = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    2 ** 52,
    -(2 ** 52),
    -(2 ** 52) - 1,
    2 ** 31,
    -(2 ** 31) - 1,
  ),
)

/** Encodes by the definition, with BigInt: zigzag, then seven bits per byte, lowest first. */
function byDefinition(value: number, bits: bigint): number[] {
  let zigzag = BigInt.asUintN(Number(bits), (BigInt(value) << 1n) ^ (BigInt(value) >> (bits - 1n)))
  const bytes: number[] = []
  while (zigzag > 127n) {
    bytes.push(Number(zigzag & 127n) | 128)
    zigzag >>= 7n
  }
  return [...bytes, Number(zigzag)]
}

describe('varint', () => {
  it.each([
    [0, [0]],
    [-1, [1]],
    [1, [2]],
    [63, [126]],
    [-64, [127]],
    [64, [128, 1]],
    [2 ** 31 - 1, [254, 255, 255, 255, 15]],
    [-(2 ** 31), [255, 255, 255, 255, 15]],
  ])('%d is %j', (value, bytes) => {
    const written = Buffer.alloc(5)
    expect([...written.subarray(0, writeVarint(written, 0, value))]).toEqual(bytes)
  })

  it('writes by the definition and reads it back, at any position', () => {
    fc.assert(
      fc.property(int32, fc.nat(20), (value, at) => {
        const bytes = Buffer.alloc(at + 10, 0xff)
        const end = writeVarint(bytes, at, value)
        expect([...bytes.subarray(at, end)]).toEqual(byDefinition(value, 32n))
        expect(varintLength(value)).toBe(end - at)
        const cursor = new ByteCursor(bytes, at)
        expect(cursor.readVarint()).toBe(value)
        expect(cursor.position).toBe(end)
      }),
    )
  })
})

describe('varlong', () => {
  it('writes by the definition and reads it back, over all safe integers', () => {
    fc.assert(
      fc.property(safeInteger, fc.nat(20), (value, at) => {
        const bytes = Buffer.alloc(at + 12, 0xff)
        const end = writeVarlong(bytes, at, value)
        expect([...bytes.subarray(at, end)]).toEqual(byDefinition(value, 64n))
        expect(varlongLength(value)).toBe(end - at)
        const cursor = new ByteCursor(bytes, at)
        expect(cursor.readVarlong()).toBe(value)
        expect(cursor.position).toBe(end)
      }),
      { numRuns: 500 },
    )
  })
})
