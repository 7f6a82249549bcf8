import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

/** A file system of its own, so small that it can be filled. */
export interface SmallDisk {
  readonly directory: string
  fill(): void
  makeRoom(): void
  remove(): void
}

/** `undefined` where this process may not mount one. */
export function mountSmallDisk(directory: string, bytes: number): SmallDisk | undefined {
  mkdirSync(directory, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', directory], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  const filler = join(directory, 'filler')
  return {
    directory,
    fill() {
      const block = Buffer.alloc(64 << 10)
      try {
        for (let size = block.length; size >= 1;) {
          if (statfsSync(directory).bfree === 0) return
          appendFileSync(filler, block)
        }
      } catch {
        // Full.
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    // Lazily: a process that is just ending may still hold a file.
    remove: () => void execFileSync('umount', ['-l', directory], { stdio: 'ignore' }),
  }
}

/**
 * Where nothing can be mounted: limits the size of files the process writes, in bytes; `undefined`: no limit. Linux
 * only.
 */
export function limitFileSize(pid: number, bytes: number | undefined): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`], { stdio: 'ignore' })
}
