/**
 * The environment of each test file: a temporary directory of its own, removed when the file ends. Everything that a
 * test, or a process that it starts, creates below `os.tmpdir()` is in it, so that nothing is left even if a test fails
 * half-way. A file that leaves connections, timers or processes open would keep its worker from ending, and is reported
 * by name.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SingleContextEnvironment from 'jest-environment-node-single-context'

/** Long enough to recognise the file, short enough for the path of a socket. */
const NAME_CHARACTERS_MAX = 24

/** Time for closing resources to close. */
const CLOSING_MS_MAX = 2_000

/** Counts the resources that keep the process from ending, by kind. */
const openResources = () => {
  const counts = new Map()
  // Immediates, and file reads and writes, end by themselves.
  for (const kind of process.getActiveResourcesInfo())
    if (kind !== 'Immediate' && !kind.startsWith('FS')) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** Returns text such as `2 Timeout, 1 TCPSocketWrap`; empty if nothing was added. */
const moreThan = (before) =>
  [...openResources()]
    .map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)])
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')

export default class FileEnvironment extends SingleContextEnvironment {
  #path
  #temporary
  #directory
  #open

  constructor(config, context) {
    super(config, context)
    this.#path = relative(config.globalConfig.rootDir, context.testPath)
  }

  async setup() {
    await super.setup()
    this.#open = openResources()
    this.#temporary = process.env.TMPDIR
    this.#directory = mkdtempSync(join(tmpdir(), `${basename(this.#path, '.test.ts').slice(0, NAME_CHARACTERS_MAX)}-`))
    // Other users may traverse the directory: as root, PostgreSQL runs as one of them.
    chmodSync(this.#directory, 0o711)
    process.env.TMPDIR = this.#directory
  }

  async teardown() {
    const deadline = performance.now() + CLOSING_MS_MAX
    while (moreThan(this.#open) !== '' && performance.now() < deadline) await sleep(20)
    const left = moreThan(this.#open)
    if (left !== '') process.stderr.write(`${this.#path} leaves open: ${left}\n`)
    if (this.#temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = this.#temporary
    // The directory is missing if the setup has failed, whose error is the one to show.
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 })
    await super.teardown()
  }
}
