import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeModel } from '../../models/onnx/onnx-codec.ts'
import { random } from '../../models/random.ts'
import { BackboneError } from './backbone-folder.ts'

/** Root mean square of a vector's elements, as in a random initialisation. */
const SPREAD = 0.06

/**
 * Returns a function from a piece of a word to its vector in the backbone's embedding table, reduced to `width` numbers
 * by a random projection, which preserves distances (Johnson and Lindenstrauss 1984; Achlioptas 2003). Vectors of the
 * same width are not projected. `undefined` for an unknown piece. Throws `BackboneError` for a folder without such a
 * table.
 */
export function pieceVectors(folder: string, width: number, seed: number): (piece: string) => Float32Array | undefined {
  const vocabulary = vocabularyOf(folder)
  const size = Math.max(...vocabulary.values()) + 1
  const { graph } = decodeModel(readFileSync(join(folder, 'model.onnx')))
  const table = graph?.initializers.find(
    ({ name, shape }) => /word_embeddings/.test(name ?? '') && shape.length === 2 && Number(shape[0]) >= size,
  )
  if (table?.bytes === undefined)
    throw new BackboneError(`${join(folder, 'model.onnx')} has no table of word embeddings.`)
  const dimension = Number(table.shape[1])
  const view = new DataView(table.bytes.buffer, table.bytes.byteOffset, table.bytes.byteLength)
  const next = random(seed)
  const projection =
    dimension === width ? undefined : Int8Array.from({ length: dimension * width }, () => (next() < 0.5 ? -1 : 1))
  return (piece) => {
    const id = vocabulary.get(piece)
    if (id === undefined) return undefined
    const own = Float32Array.from({ length: dimension }, (_, i) => view.getFloat32(4 * (id * dimension + i), true))
    return scaled(projection === undefined ? own : projected(own, projection, width))
  }
}

function vocabularyOf(folder: string): Map<string, number> {
  const file = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as {
    model?: { vocab?: Record<string, number> }
  }
  const vocabulary = file.model?.vocab
  if (vocabulary === undefined) throw new BackboneError(`${join(folder, 'tokenizer.json')} has no vocabulary.`)
  return new Map(Object.entries(vocabulary))
}

function projected(own: Float32Array, projection: Int8Array, width: number): Float32Array {
  const into = new Float32Array(width)
  for (let from = 0; from < own.length; from++)
    for (let to = 0; to < width; to++) into[to]! += own[from]! * projection[from * width + to]!
  return into
}

/** Scales all vectors to the same length, so that none dominates because of its origin. */
function scaled(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  const factor = length === 0 ? 0 : (SPREAD * Math.sqrt(vector.length)) / length
  return vector.map((value) => value * factor)
}
