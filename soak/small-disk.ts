import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

/** A file system small enough to be filled. */
export interface SmallDisk {
  readonly directory: string
  fill(): void
  makeRoom(): void
  remove(): void
}

/** Mounts a small disk; `undefined` if this process may not mount one. */
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
        // The disk is full.
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    // Unmounts lazily: a process that is just ending may still have a file open.
    remove: () => void execFileSync('umount', ['-l', directory], { stdio: 'ignore' }),
  }
}

/**
 * Limits the size of files that the process writes, in bytes; `undefined` removes the limit. For machines where nothing
 * can be mounted. Linux only.
 */
export function limitFileSize(pid: number, bytes: number | undefined): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`], { stdio: 'ignore' })
}
