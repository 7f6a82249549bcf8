/** A Chromium for the dashboard's tests: from CHROMIUM_PATH, an installed one, or Debian's. */
import { existsSync } from 'node:fs'
import { findProgram, readIfThere, run } from './run.js'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Returns the path of the browser, or undefined. */
export const findChromium = () =>
  process.env.CHROMIUM_PATH ||
  (PROGRAMS.map(findProgram).find((path) => path !== undefined) ?? APPLICATIONS.find((path) => existsSync(path)))

/**
 * Whether Debian's package can be installed. Ubuntu's of the same name installs a snap, which does not run in a
 * container.
 */
const canInstall = () => {
  const system = readIfThere('/etc/os-release') ?? ''
  return (
    process.getuid?.() === 0 &&
    findProgram('apt-get') !== undefined &&
    /^ID(_LIKE)?=.*debian/m.test(system) &&
    !/ubuntu/i.test(system)
  )
}

const ADVICE =
  'install Chromium or set CHROMIUM_PATH; until then the tests of the page are skipped, and fail where CI is set'

const install = async () => {
  const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30', '-o', 'DPkg::Lock::Timeout=120']
  const quietly = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', [...patience, '-q', 'update'], quietly)
  // The texts of visits are Chinese, so screenshots of the dashboard need the glyphs.
  await run(
    'apt-get',
    [...patience, '-q', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-wqy-zenhei'],
    quietly,
  )
}

export const chromium = {
  title: 'installing Chromium for the tests of the page',
  needs: [],
  isDone: () => findChromium() !== undefined,
  run: async () => {
    if (!canInstall()) return `not possible here: ${ADVICE}`
    try {
      await install()
    } catch (error) {
      // Every other test runs without it.
      return `failed: ${ADVICE}\n${error.message}`
    }
  },
}
