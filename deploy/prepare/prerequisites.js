/** Checks the prerequisites of the machine; all missing ones are reported together. */
import { spawnSync } from 'node:child_process'
import { findProgram, machinePath } from './run.js'

const NODE_MAJOR_MIN = 20
const JAVA_MAJOR_MIN = 17
const INSTEAD = 'or set KAFKA_BROKERS to a Kafka that runs already'

const checkNode = () => {
  const major = Number.parseInt(process.versions.node, 10)
  return major >= NODE_MAJOR_MIN ? undefined : `Node ${NODE_MAJOR_MIN} or newer (this is ${process.versions.node})`
}

/** "17.0.15" is 17, "1.8.0_392" is 8, "26-ea" is 26. */
const javaMajor = (versionText) => {
  const match = /version "(?:1\.)?(\d+)/.exec(versionText)
  return match === null ? undefined : Number(match[1])
}

const checkJava = () => {
  if (findProgram('java') === undefined)
    return `Java ${JAVA_MAJOR_MIN} or newer (no "java" on the PATH), for the Kafka broker; ${INSTEAD}`
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8', env: { ...process.env, PATH: machinePath() } })
  const major = javaMajor(stderr ?? '')
  if (major !== undefined && major >= JAVA_MAJOR_MIN) return undefined
  return `Java ${JAVA_MAJOR_MIN} or newer (the "java" on the PATH is ${major ?? 'of an unknown version'}), for the Kafka broker; ${INSTEAD}`
}

const checkMaven = () =>
  findProgram('mvn') === undefined
    ? `Maven (no "mvn" on the PATH), which fetches the Kafka broker once; ${INSTEAD}`
    : undefined

const checkNpm = () =>
  findProgram('npm') === undefined ? 'npm (no "npm" on the PATH), which comes with Node' : undefined

const CHECKS = { npm: checkNpm, java: checkJava, mvn: checkMaven }

/** Returns one line for each missing prerequisite of the pending steps. */
export const missingPrerequisites = (steps) => {
  const needs = new Set(steps.flatMap((step) => step.needs))
  return [checkNode(), ...[...needs].map((need) => CHECKS[need]())].filter((line) => line !== undefined)
}
