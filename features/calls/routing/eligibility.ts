import type { WideningStep } from '../../../schemas/calls/routing-plans.ts'
import type { DeskAgent, DeskRequest } from './desk.ts'
import { expertiseOf } from './score.ts'

/** Whether the agent has the required skills and language, which no widening step waives. */
export function isQualified({ skills, languages }: DeskAgent, { requiredSkills, language }: DeskRequest): boolean {
  return (language === null || speaks(languages, language)) && requiredSkills.every((skill) => skills.includes(skill))
}

/** A request for `zh` accepts an agent who speaks `zh-Hant`, but not the reverse. */
function speaks(languages: readonly string[], language: string): boolean {
  const wanted = language.toLowerCase()
  return languages.some((one) => one === wanted || one.startsWith(`${wanted}-`))
}

/** Whether a widening step admits the agent. */
export function isAdmittedBy(step: WideningStep, agent: DeskAgent, { queue, intent }: DeskRequest): boolean {
  const inQueue = queue === null || step.otherQueues || agent.queues.includes(queue)
  return inQueue && (intent === null || expertiseOf(agent.expertise, intent) >= step.expertiseMin)
}
