import fc from 'fast-check'
import { packFloats, unpackFloats } from '../../../models/packed/packed-floats.ts'

test('numbers come back as Float32, whatever they are', () => {
  fc.assert(
    fc.property(fc.float32Array(), (values) => expect(unpackFloats(packFloats(values), values.length)).toEqual(values)),
  )
})

test('the bytes are base64 of little-endian Float32', () => {
  expect(packFloats([1, -2])).toBe(Buffer.from([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]).toString('base64'))
  const many = Float32Array.from({ length: 40_000 }, (_, i) => i)
  expect(unpackFloats(packFloats(many), many.length)).toEqual(many)
})

test('a wrong count is refused', () => {
  expect(() => unpackFloats(packFloats([1, 2]), 3)).toThrow('3 packed numbers take 12 bytes, and there are 8.')
})
