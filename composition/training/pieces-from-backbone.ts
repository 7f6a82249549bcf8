import { pieceVectors } from '../../runtimes/text/piece-vectors.ts'
import { backboneFolder, backboneOf } from './backbone.ts'
import type { CommandContext } from '../context.ts'

/**
 * Returns the initial vectors of word pieces, taken from a backbone. Returns `undefined`, for random vectors, if no
 * backbone was named and none is installed.
 */
export function piecesFromBackbone(
  { config, log }: CommandContext,
  named: string | undefined,
  width: number,
  seed: number,
): ((piece: string) => Float32Array | undefined) | undefined {
  try {
    return pieceVectors(named === undefined ? backboneOf(config).folder : backboneFolder(named), width, seed)
  } catch (error) {
    if (named !== undefined) throw error
    log('warn', `Pieces of words begin by chance: ${(error as Error).message}`)
    return undefined
  }
}
