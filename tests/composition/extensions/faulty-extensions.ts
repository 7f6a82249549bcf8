import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeTemporaryDirectory } from '../../support/test-services.ts'

const root = resolve(import.meta.dirname, '../../..')

export interface ExtensionUnderTest {
  readonly folder: string
  /** Replaces text of a file; fails if the file does not have it. */
  edit(file: string, from: string, to: string): void
  write(file: string, text: string): void
  /** Runs `scoreline …` with the extension. */
  scoreline(...words: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }>
}

/** A copy of the example, to be damaged. */
export function copyOfExample(): ExtensionUnderTest {
  const folder = join(makeTemporaryDirectory('extension'), 'bank')
  cpSync(join(root, 'examples', 'extension'), folder, { recursive: true })
  return extensionIn(folder)
}

/** An extension whose `index.ts` has this text. */
export function extensionOf(index: string): ExtensionUnderTest {
  const folder = join(makeTemporaryDirectory('extension'), 'bank')
  mkdirSync(folder)
  const extension = extensionIn(folder)
  extension.write('package.json', '{"type": "module"}')
  extension.write('index.ts', index)
  return extension
}

function extensionIn(folder: string): ExtensionUnderTest {
  return {
    folder,
    edit(file, from, to) {
      const before = readFileSync(join(folder, file), 'utf8')
      if (!before.includes(from)) throw new Error(`${file} has no ${from}`)
      writeFileSync(join(folder, file), before.replace(from, to))
    },
    write: (file, text) => writeFileSync(join(folder, file), text),
    scoreline: (...words) =>
      new Promise((ended) => {
        const env = { ...process.env, SCORELINE_EXTENSIONS: folder, LOG_FORMAT: 'text', DATA_DIRECTORY: folder }
        const flags = ['--disable-warning=ExperimentalWarning', join(root, 'main.ts')]
        execFile(process.execPath, [...flags, ...words], { env }, (error, out, err) =>
          ended({ code: error === null ? 0 : Number(error.code), out, err }),
        )
      }),
  }
}
