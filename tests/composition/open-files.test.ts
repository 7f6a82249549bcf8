import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import { readConfig } from '../../config.ts'

const PROJECT = join(import.meta.dirname, '../..')

describe('open files', () => {
  test('more partitions, threads, brokers and an embedded broker need more', () => {
    const needed = (variables: Record<string, string>, startsBroker = false) =>
      openFilesNeeded(readConfig(variables), 13, startsBroker)
    const usual = needed({})
    expect(usual).toBeGreaterThan(254)
    for (const more of [{ TOPIC_PARTITIONS: '8' }, { STREAM_THREADS: '4' }, { KAFKA_BROKERS: 'a:1,b:1,c:1' }])
      expect(needed(more)).toBeGreaterThan(usual)
    expect(needed({}, true)).toBeGreaterThan(usual)
    expect(openFilesNeeded(readConfig({}), 0, false)).toBeLessThan(usual)
  })

  test('too few are refused with both numbers and how to raise them', () => {
    expect(() => checkOpenFiles(400, 400)).not.toThrow()
    expect(() => checkOpenFiles(400, 399)).toThrow(/399 .*400 .*`ulimit -n 512`.*LimitNOFILE=512/)
    // The limit of this process is read from the system.
    expect(() => checkOpenFiles(10)).not.toThrow()
    expect(() => checkOpenFiles(2 ** 40)).toThrow(/files and connections open here/)
  })

  test.each(['up', 'api'])('`scoreline %s` reports it before it starts or writes anything', (command) => {
    const directory = mkdtempSync(join(tmpdir(), 'few-files-'))
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `ulimit -n 100; exec "$0" main.ts ${command}`, process.execPath],
      {
        cwd: PROJECT,
        env: { PATH: process.env['PATH'], DATA_DIRECTORY: directory },
        encoding: 'utf8',
      },
    )
    expect(stderr).toMatch(/A process may have 100 files and connections open here, and \d+ are needed/)
    expect(status).toBe(1)
    expect(readdirSync(directory)).toEqual([])
  })
})
