import { closeSync, globSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { random, uniformInteger, type Random } from '../../simulator/random.ts'
import { fault } from '../fault.ts'

const PAGE_BYTES = 4096
const FLIPS = 64

function flipBits(file: string, next: Random): void {
  const { size } = statSync(file)
  const handle = openSync(file, 'r+')
  for (let flip = 0; flip < FLIPS; flip++) {
    const at = uniformInteger(next, 0, size - 1)
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, at)
    byte[0]! ^= 1 << uniformInteger(next, 0, 7)
    writeSync(handle, byte, 0, 1, at)
  }
  closeSync(handle)
}

/** Overwrites pages with others, as if the last writes had never reached the disk. */
function mixPages(file: string, next: Random): void {
  const pages = Math.floor(statSync(file).size / PAGE_BYTES)
  const handle = openSync(file, 'r+')
  for (let turn = 0; turn < 4; turn++) {
    const page = Buffer.alloc(PAGE_BYTES)
    readSync(handle, page, 0, PAGE_BYTES, PAGE_BYTES * uniformInteger(next, 0, pages - 1))
    writeSync(handle, page, 0, PAGE_BYTES, PAGE_BYTES * uniformInteger(next, 0, pages - 1))
  }
  closeSync(handle)
}

const damages = {
  flip: { does: flipBits, words: `${FLIPS} bits flipped in each` },
  mix: { does: mixPages, words: 'four pages of each overwritten with others' },
  cut: {
    does: (file: string, next: Random) => truncateSync(file, uniformInteger(next, 0, statSync(file).size)),
    words: 'each cut off somewhere',
  },
} as const

function damaged(kind: keyof typeof damages) {
  return fault<{ readonly at: number; readonly seed: number }>({
    name: `state-${kind}`,
    purpose: `local state of a killed process damaged: ${damages[kind].words}`,
    plan: (next, processes) => ({ at: uniformInteger(next, 0, processes - 1), seed: uniformInteger(next, 1, 1e9) }),
    async inject({ fleet }, { at, seed }) {
      const member = fleet.processors[at]!
      const DAMAGED = /is damaged/
      const found = member.logged(DAMAGED)
      member.hold()
      await member.kill()
      const files = globSync(join(member.directory, 'state', '**', 'data.mdb')).sort()
      const next = random('damage', seed)
      for (const file of files) damages[kind].does(file, next)
      member.release()
      await fleet.untilReady()
      return () =>
        `${files.length} local states of ${member.name}: ${damages[kind].words}; ${member.logged(DAMAGED) - found} came back to it and were refused`
    },
  })
}

export const flippedState = damaged('flip')
export const mixedState = damaged('mix')
export const cutState = damaged('cut')
