/** The dashboard, rebuilt if one of its sources is newer than the last build. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { changedAt, root, run } from './run.js'

const folder = join(root, 'dashboard')
/** The build empties its folder first, so that an interrupted build leaves no stamp. */
const stamp = join(folder, 'dist', '.built')

const newestSource = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !relative(folder, path).startsWith(`dist${sep}`))
    .reduce((newest, path) => Math.max(newest, changedAt(path)), 0)

export const dashboard = {
  title: 'building the page',
  needs: [],
  isDone: () => !existsSync(join(folder, 'index.html')) || changedAt(stamp) >= newestSource(),
  run: async () => {
    await run('npm', ['run', '--silent', 'build:dashboard'])
    writeFileSync(stamp, '')
  },
}
