import { forestToOnnx } from '../../../models/onnx/forest-to-onnx.ts'
import { inspectOnnx } from '../../../models/onnx/inspect-onnx.ts'
import { OnnxError } from '../../../models/onnx/onnx-error.ts'
import { encodeModel } from '../../../models/onnx/onnx-codec.ts'
import { EXTERNAL, type ModelMessage } from '../../../models/onnx/onnx-messages.ts'
import { boosted, mixedData } from '../boosting/forests.ts'

const { forest } = boosted(mixedData(300), { trees: 2 })
const bytes = forestToOnnx(forest, 4, 'classification')

const foreign: ModelMessage = {
  formatVersion: 3,
  producer: 'pytorch',
  producerVersion: '2.1',
  operatorSets: [
    { domain: 'ai.onnx', version: 11 },
    { domain: 'ai.onnx.ml', version: 2 },
  ],
  metadata: [{ key: '__proto__', value: 'a text' }],
  graph: {
    nodes: [{ inputs: ['x'], outputs: ['y'], operator: 'ZipMap', domain: 'ai.onnx.ml', attributes: [] }],
    initializers: [{ name: 'w', shape: [1], elementType: 1, bytes: new Uint8Array(4) }],
    inputs: [
      {
        name: 'x',
        type: { tensor: { elementType: 7, shape: { dimensions: [{}, { name: 'length' }, { length: 3 }] } } },
      },
      { name: 'w', type: { tensor: { elementType: 1 } } },
    ],
    outputs: [
      { name: 'y', type: { sequence: {} } },
      { name: 'z', type: { tensor: { elementType: 77 } } },
    ],
  },
}

test('returns the inputs and outputs of our own models', () => {
  expect(inspectOnnx(bytes)).toEqual({
    formatVersion: 8,
    producer: 'scoreline',
    operatorSets: [
      { domain: '', version: 17 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    inputs: [{ name: 'rows', type: 'float32', shape: ['N', 4] }],
    outputs: [{ name: 'score', type: 'float32', shape: ['N', 1] }],
    metadata: {},
  })
})

test('returns the inputs and outputs of a foreign model; an input with a default value is not one', () => {
  const description = inspectOnnx(encodeModel(foreign))
  expect(description).toMatchObject({
    formatVersion: 3,
    producer: 'pytorch 2.1',
    operatorSets: [
      { domain: '', version: 11 },
      { domain: 'ai.onnx.ml', version: 2 },
    ],
    inputs: [{ name: 'x', type: 'int64', shape: [null, 'length', 3] }],
    outputs: [
      { name: 'y', type: 'sequence', shape: null },
      { name: 'z', type: 'element type 77', shape: null },
    ],
  })
  expect(Object.entries(description.metadata)).toEqual([['__proto__', 'a text']])
})

test.each<[string, Partial<ModelMessage>, string]>([
  ['no version', { formatVersion: 0 }, 'names no version of the format'],
  ['no operators', { operatorSets: [] }, 'names no version of its operators'],
  ['operators without a version', { operatorSets: [{ version: 9 }] }, 'node 0 is ZipMap of "ai.onnx.ml"'],
  ['no nodes', { graph: { ...foreign.graph!, nodes: [] } }, 'graph has no nodes'],
  ['no outputs', { graph: { ...foreign.graph!, outputs: [] } }, 'graph has no outputs'],
  ['no name', { graph: { ...foreign.graph!, outputs: [{}] } }, 'an input or output has no name'],
  [
    'numbers elsewhere',
    { graph: { ...foreign.graph!, initializers: [{ name: 'w', shape: [1], location: EXTERNAL }] } },
    'The data of the tensor "w" is in another file',
  ],
])('%s', (_, change, message) => {
  expect(() => inspectOnnx(encodeModel({ ...foreign, ...change }))).toThrow(message)
})

test('a model without a graph', () => {
  const { formatVersion, operatorSets } = foreign
  expect(() => inspectOnnx(encodeModel({ formatVersion: formatVersion!, operatorSets, metadata: [] }))).toThrow(
    'it has no graph',
  )
})

test.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array(0)],
  ['JSON', new TextEncoder().encode('{"task":"churn","parameters":{}}')],
  ['a page', new TextEncoder().encode('<!doctype html><title>404</title>')],
  ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0)],
  ['zeros', new Uint8Array(100)],
])('%s is no model', (_, other) => {
  expect(() => inspectOnnx(other)).toThrow(OnnxError)
  expect(() => inspectOnnx(other)).toThrow('This is no ONNX model')
})

test('a file that was cut short anywhere is refused', () => {
  for (let length = 0; length < bytes.length; length++)
    expect(() => inspectOnnx(bytes.subarray(0, length))).toThrow('This is no ONNX model')
})

test('a changed byte anywhere gives a description or an error that explains it', () => {
  let refused = 0
  for (let place = 0; place < bytes.length; place++) {
    for (const flip of [1, 0x80, 0xff]) {
      const changed = bytes.slice()
      changed[place]! ^= flip
      try {
        inspectOnnx(changed)
      } catch (error) {
        refused++
        expect(error).toBeInstanceOf(OnnxError)
      }
    }
  }
  expect(refused).toBeGreaterThan(100)
})
