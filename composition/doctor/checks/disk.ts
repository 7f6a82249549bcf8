import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { error, ok, warning, type Check, type Finding } from '../check.ts'

/** Below this a checkpoint or a segment of the broker may find no room. */
const FREE_BYTES_MIN = 512 << 20
const FREE_SHARE_USUAL = 0.1

export const disk: Check = {
  name: 'disk',
  async run({ config, diskOf }) {
    const folder = existingFolder(resolve(config.DATA_DIRECTORY))
    return [spaceFinding(await diskOf(folder))]
  },
}

export function spaceFinding({ freeBytes, totalBytes }: { freeBytes: number; totalBytes: number }): Finding {
  const found = `${sizeText(freeBytes)} of ${sizeText(totalBytes)} are free for DATA_DIRECTORY.`
  if (freeBytes < FREE_BYTES_MIN)
    return error(found, 'Free space now: with a full disk checkpoints fail, and the broker started here stops.')
  if (freeBytes < totalBytes * FREE_SHARE_USUAL)
    return warning(found, 'Free space, or move DATA_DIRECTORY to a larger disk.')
  return ok(found)
}

/** Returns the folder, or the nearest one above it that exists. */
function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(dirname(folder))
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
