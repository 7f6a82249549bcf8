#!/usr/bin/env node
/**
 * Prepares a fresh clone: the packages, the broker's jars, the backbones, the dashboard, and with --test a browser for
 * the dashboard's tests and an archive of the broker's classes. Tests without servers (SCORELINE_TEST_SERVICES=none)
 * need only the packages. Called by npm before `start`, `test` and `check`. An installed package already contains its
 * packages and its dashboard. This is plain JavaScript without dependencies, because it runs before any are installed,
 * on whatever Node (20 or newer) the machine has; later commands run on the Node that it installs. It returns at once
 * if everything is there.
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

/** In order of their dependencies: a package builds the dashboard. */
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
      // Checked again for each: another start may have done it while this one waited, and an earlier step may make a
      // later one necessary.
      for (const step of steps) if (!step.isDone()) await showStep(step)
    })
  }
} catch (error) {
  fail(error.message)
}
