#!/usr/bin/env node
/**
 * Makes a fresh clone ready: packages, the broker's jars, the backbones, the page, and with --test a browser for the
 * page's tests and an archive of the broker's classes. Tests without servers (SCORELINE_TEST_SERVICES=none) need the
 * packages only. Called by npm before `start`, `test` and `check`. An installed package brings its packages and its page. It is plain JavaScript without a package, because it
 * runs before there are any, on whatever Node (20 or newer) the machine has; what follows it runs on the Node that it
 * installs. Where everything is there already it returns at once.
 */
import { isInstalled } from './kits.js'
import { backbones } from './prepare/backbones.js'
import { brokerJars } from './prepare/broker-jars.js'
import { chromium } from './prepare/chromium.js'
import { classArchive } from './prepare/class-archive.js'
import { dashboard } from './prepare/dashboard.js'
import { withLock } from './prepare/lock.js'
import { packages } from './prepare/packages.js'
import { missingPrerequisites } from './prepare/prerequisites.js'
import { showStep } from './prepare/run.js'

const forTests = process.argv.includes('--test')

/** In the order of their needs: the page is built by a package. */
const steps = isInstalled
  ? [brokerJars, backbones]
  : forTests && process.env.SCORELINE_TEST_SERVICES === 'none'
    ? [packages]
    : [packages, brokerJars, backbones, dashboard, ...(forTests ? [classArchive, chromium] : [])]

const pending = () => steps.filter((step) => !step.isDone())

/** @param {string} message */
const fail = (message) => {
  console.error(`\nscoreline: ${message}`)
  process.exit(1)
}

const missing = missingPrerequisites(pending())
if (missing.length > 0)
  fail(`this machine lacks what it must bring:\n${missing.map((line) => `  - ${line}`).join('\n')}`)

try {
  if (pending().length > 0) {
    await withLock(async () => {
      // Asked again for each: another start may have done it while this one waited, and an earlier step may call for a
      // later one.
      for (const step of steps) if (!step.isDone()) await showStep(step)
    })
  }
} catch (error) {
  fail(error.message)
}
