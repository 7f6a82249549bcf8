import type { ApiResponse } from '../../api.ts'
import { title } from '../../format.ts'

interface RuleText {
  readonly label: string
  /** What to do about it; may be empty. */
  readonly advice: string
}

const rules: Readonly<Record<string, RuleText>> = {
  rules: {
    label: 'The contact rules do not allow this purpose',
    advice: 'Ask for the contact rules of this jurisdiction to be checked.',
  },
  state: {
    label: 'Recent opt-outs may be missing',
    advice: 'The platform’s data is not up to date: check the stream health on the overview page.',
  },
  customer: {
    label: 'Unknown customer',
    advice: 'Import the customer’s profile, or remove the customer from the list.',
  },
  campaign: { label: 'The campaign was not running', advice: 'Start or resume it.' },
  'do-not-call': { label: 'Asked not to be called', advice: 'Do not call them.' },
  consent: { label: 'No sufficient consent', advice: 'Ask for consent through another channel.' },
  attempts: {
    label: 'Already called as often as allowed',
    advice: 'Nothing to do: they are called again automatically when the rules allow it.',
  },
  holiday: { label: 'A public holiday', advice: 'Nothing to do, but check that the list of holidays is up to date.' },
  hours: {
    label: 'Outside calling hours',
    advice: 'Nothing to do: they are called again automatically within calling hours.',
  },
}

export function ruleText(rule: string): RuleText {
  return rules[rule] ?? { label: title(rule), advice: '' }
}

/**
 * Returns why the campaign as a whole calls nobody; `undefined` if it is running and customers are waiting for their
 * calls.
 */
export function campaignBlockReason(
  state: string,
  { listed, states }: Pick<ApiResponse<'/campaigns/{name}/funnel'>, 'listed' | 'states'>,
): string | undefined {
  if (state === 'draft') return 'The campaign has not been started, so nobody is called.'
  if (state !== 'running') return `The campaign is ${state}, so nobody is called.`
  if (listed === 0) return 'The list is empty: there is nobody to call.'
  if (states.some((one) => one.state === 'waiting' && one.customers > 0)) return undefined
  return 'Nobody on the list is waiting to be called.'
}
