/** The container files and the manifests by hadolint and kubernetes-validate: `npm run check:python`. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pythonPackages } from '../../deploy/python.ts'

const deploy = resolve(import.meta.dirname, '../../deploy')
const where = { cwd: deploy, encoding: 'utf8' } as const

let programs: string
beforeAll(async () => {
  programs = await pythonPackages('check-manifests', join(import.meta.dirname, 'requirements.txt'), () => {})
}, 300_000)

test('hadolint finds nothing in the Dockerfile', () => {
  const { status, stdout } = spawnSync(join(programs, 'hadolint'), ['containers/Dockerfile'], where)
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
})

test('kubernetes-validate accepts every manifest, strictly', () => {
  const manifests = globSync('kubernetes/*.yaml', { cwd: deploy })
  expect(manifests.length).toBeGreaterThan(9)
  const { status, stdout, stderr } = spawnSync(join(programs, 'kubernetes-validate'), ['--strict', ...manifests], where)
  expect({ status, refused: (stdout + stderr).match(/^(?!INFO).*$/gm)?.filter(Boolean) }).toEqual({
    status: 0,
    refused: [],
  })
}, 60_000)
