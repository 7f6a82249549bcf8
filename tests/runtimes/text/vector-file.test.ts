import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openVectorFile, type VectorFile, type VectorFileOptions } from '../../../runtimes/text/vector-file.ts'

let directory: string
const open: VectorFile[] = []
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'vectors-'))))
afterEach(() => {
  for (const file of open.splice(0)) file.close()
  rmSync(directory, { recursive: true })
})

function fileOf(options: Partial<VectorFileOptions> = {}): VectorFile {
  const file = openVectorFile({ directory, maker: 'backbone', dimension: 2, entriesMax: 100, ...options })
  open.push(file)
  return file
}

const pathOf = (part: string) =>
  join(
    directory,
    readdirSync(directory).find((name) => name.endsWith(part))!,
  )
const vector = (number: number) => Float32Array.of(number, -number)

test('vectors that one process has added are found by the next one bit for bit', () => {
  const first = fileOf()
  first.add('甲', Float32Array.of(0.1, Number.NaN))
  first.add('', vector(3))
  expect(first.get('甲')).toEqual(Float32Array.of(0.1, Number.NaN))
  const next = fileOf()
  expect(next.get('甲')).toEqual(Float32Array.of(0.1, Number.NaN))
  expect(next.get('')).toEqual(vector(3))
  expect(next.get('乙')).toBeUndefined()
  expect(statSync(pathOf('.vectors')).mode & 0o077).toBe(0)
})

test('vectors of another maker or another length are not found', () => {
  fileOf().add('a', vector(1))
  expect(fileOf({ maker: 'another' }).get('a')).toBeUndefined()
  expect(fileOf({ dimension: 3 }).get('a')).toBeUndefined()
})

test('a record that is damaged is not found, and the others are', () => {
  const first = fileOf()
  for (let number = 0; number < 3; number++) first.add(String(number), vector(number))
  const bytes = readFileSync(pathOf('.vectors'))
  bytes[bytes.length / 3 + 20]! ^= 1
  writeFileSync(pathOf('.vectors'), bytes)
  const next = fileOf()
  expect([0, 1, 2].map((number) => next.get(String(number)))).toEqual([vector(0), undefined, vector(2)])
})

test('a truncated record is dropped, and records after it are found', () => {
  const first = fileOf()
  first.add('a', vector(1))
  appendFileSync(pathOf('.vectors'), 'half a rec')
  const next = fileOf()
  next.add('b', vector(2))
  const last = fileOf()
  expect([last.get('a'), last.get('b')]).toEqual([vector(1), vector(2)])
})

test('the files stay within their size; used vectors stay, unused ones are evicted', () => {
  const file = fileOf({ entriesMax: 10 })
  file.add('asked for', vector(1))
  for (let number = 0; number < 100; number++) {
    file.add(`other ${number}`, vector(number))
    expect(file.get('asked for')).toEqual(vector(1))
  }
  expect(file.get('other 0')).toBeUndefined()
  expect(file.get('other 99')).toEqual(vector(99))
  const sizes = ['.vectors', '.vectors.1'].map((part) => statSync(pathOf(part)).size)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10 * 28)
  expect(fileOf({ entriesMax: 10 }).get('asked for')).toEqual(vector(1))
})

test('two processes append to one file', () => {
  const [one, other] = [fileOf(), fileOf()]
  for (let number = 0; number < 20; number++) (number % 2 === 0 ? one : other).add(String(number), vector(number))
  for (let number = 0; number < 20; number++)
    expect((number % 2 === 0 ? one : other).get(String(number))).toEqual(vector(number))
  const next = fileOf()
  for (let number = 0; number < 20; number++) expect(next.get(String(number))).toEqual(vector(number))
})
