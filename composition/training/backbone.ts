import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { kitFolder } from '../../deploy/kits.js'
import type { SentenceEncoderOptions } from '../../runtimes/text/open-sentence-encoder.ts'

type BackboneChoice = Required<Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads'>>

/** Returns the configured backbone of text models: a folder, or the name of a downloaded one. */
export function backboneOf({ BACKBONE, BACKBONE_PRECISION: precision, TEXT_THREADS: threads }: Config): BackboneChoice {
  return { folder: backboneFolder(BACKBONE), precision, threads }
}

export function backboneFolder(name: string): string {
  return /[\\/]/.test(name) ? name : join(kitFolder('backbone'), name)
}
