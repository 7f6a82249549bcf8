import type { WideningStep } from '../../../schemas/calls/routing-plans.ts'
import type { DeskAgent, DeskRequest } from './desk.ts'
import { expertiseOf } from './score.ts'

/** What no waiting time makes up for: skills and language. */
export function isAble({ skills, languages }: DeskAgent, { requiredSkills, language }: DeskRequest): boolean {
  return (language === null || speaks(languages, language)) && requiredSkills.every((skill) => skills.includes(skill))
}

/** `zh-Hant` is a kind of `zh`, not the other way round. */
function speaks(languages: readonly string[], language: string): boolean {
  const wanted = language.toLowerCase()
  return languages.some((one) => one === wanted || one.startsWith(`${wanted}-`))
}

/** Whether the step lets the agent be considered. */
export function isWithin(step: WideningStep, agent: DeskAgent, { queue, intent }: DeskRequest): boolean {
  const inQueue = queue === null || step.otherQueues || agent.queues.includes(queue)
  return inQueue && (intent === null || expertiseOf(agent.expertise, intent) >= step.expertiseMin)
}
