import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import wabt from 'wabt'

const LINE = 110

/** Returns the source of `models/boosting/histogram-module.ts`. */
export async function compiledHistogram(): Promise<string> {
  const text = readFileSync(fileURLToPath(new URL('../models/boosting/histogram.wat', import.meta.url)), 'utf8')
  const compiler = await wabt()
  const { buffer } = compiler.parseWat('histogram.wat', text).toBinary({})
  const lines = Buffer.from(buffer)
    .toString('base64')
    .match(new RegExp(`.{1,${LINE}}`, 'g'))!
  return `// Written by generators/compile-histogram.ts from histogram.wat.
import { packedBytes } from '../packed/packed-bytes.ts'
import { Module } from './web-assembly.ts'

const packed =
${lines.map((line) => `  '${line}'`).join(' +\n')}

let compiled: object | undefined

/** The compiled loops of \`histogram.wat\`. */
export function histogramModule(): object {
  return (compiled ??= new Module(packedBytes(packed)))
}
`
}
