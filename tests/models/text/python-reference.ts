import { readFileSync } from 'node:fs'

/** Output of the Python packages tokenizers and onnxruntime for these texts with the same files. */
export interface PythonReference {
  readonly texts: readonly ({ readonly text: string } & Readonly<Record<BackboneName, readonly number[]>>)[]
  readonly vectors: readonly {
    readonly text: string
    readonly backbone: BackboneName
    readonly pooling: 'first' | 'mean'
    /** The first numbers of the vector. */
    readonly float32: readonly number[]
  }[]
}

export type BackboneName = 'bge-small-zh' | 'all-minilm-l6-v2'

export const backboneFolder = (name: BackboneName): string =>
  new URL(`../../../deploy/backbone/lib/${name}`, import.meta.url).pathname

export const pythonReference = JSON.parse(
  readFileSync(new URL('./python-reference.json', import.meta.url), 'utf8'),
) as PythonReference
