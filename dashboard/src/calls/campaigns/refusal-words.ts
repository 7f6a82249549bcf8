import type { Answer } from '../../api.ts'
import { title } from '../../format.ts'

interface RuleWords {
  readonly words: string
  /** What to do about it; may be empty. */
  readonly advice: string
}

const rules: Readonly<Record<string, RuleWords>> = {
  rules: {
    words: 'The contact rules do not allow this purpose',
    advice: 'Have the contact rules of this jurisdiction checked.',
  },
  state: {
    words: 'The customers’ latest wishes may be missing',
    advice: 'The platform is behind with its data: see the stream’s health on the overview.',
  },
  customer: { words: 'Not a known customer', advice: 'Send the customer’s profile, or take them off the list.' },
  campaign: { words: 'The campaign was not running', advice: 'Start it, or resume it.' },
  'do-not-call': { words: 'Asked not to be called', advice: 'Respect it.' },
  consent: { words: 'No sufficient consent', advice: 'Ask for consent, by another channel.' },
  attempts: { words: 'Already called as often as allowed', advice: 'Wait: their turn comes again by itself.' },
  holiday: { words: 'A public holiday', advice: 'Wait, and check that the list of holidays is up to date.' },
  hours: { words: 'Outside calling hours', advice: 'Wait: their turn comes again when the hours begin.' },
}

export function ruleWords(rule: string): RuleWords {
  return rules[rule] ?? { words: title(rule), advice: '' }
}

/**
 * Returns why the campaign as a whole calls nobody; `undefined` if it is running and customers are waiting for their
 * calls.
 */
export function standstill(
  state: string,
  { listed, states }: Pick<Answer<'/campaigns/{name}/funnel'>, 'listed' | 'states'>,
): string | undefined {
  if (state === 'draft') return 'The campaign has not been started, so nobody is called.'
  if (state !== 'running') return `The campaign is ${state}, so nobody is called.`
  if (listed === 0) return 'The list is empty: there is nobody to call.'
  if (states.some((one) => one.state === 'waiting' && one.customers > 0)) return undefined
  return 'Nobody on the list is waiting to be called.'
}
