import { error, ok, type Check, type Finding } from '../check.ts'

const MAJOR_MIN = 20

export const node: Check = {
  name: 'node',
  run: () => Promise.resolve([versionFinding(process.versions.node)]),
}

export function versionFinding(version: string): Finding {
  return Number.parseInt(version) >= MAJOR_MIN
    ? ok(`Node ${version}.`)
    : error(`Node ${version} is too old.`, `Install Node ${MAJOR_MIN} or newer.`)
}
