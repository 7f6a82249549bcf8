/** Tests of the page need a browser. Without one they are skipped visibly, and in CI they fail. */
import { findChromium } from '../../deploy/prepare/chromium.js'

/** Returns the path of the browser. Throws, saying what to do, if there is none. */
export const chromiumPath = (): string => {
  const path = findChromium()
  if (path === undefined) throw new Error('no Chromium found: install one or set CHROMIUM_PATH')
  return path
}

/** Flags with which a browser starts in a container, as root and with little shared memory. */
export const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']

export const describeWithBrowser: jest.Describe =
  findChromium() !== undefined || process.env.CI ? describe : describe.skip
