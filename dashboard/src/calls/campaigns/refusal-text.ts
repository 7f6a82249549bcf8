import type { ApiResponse } from '../../api.ts'
import { title } from '../../format.ts'
import { t } from '../../words/words.ts'

interface RuleText {
  readonly label: string
  /** What to do about it; may be empty. */
  readonly advice: string
}

const rules = (): Readonly<Record<string, RuleText>> => ({
  rules: {
    label: t('campaigns.theContactRulesDoNotAllow'),
    advice: t('campaigns.askForTheContactRulesOf'),
  },
  state: {
    label: t('campaigns.recentOptOutsMayBeMissing'),
    advice: t('campaigns.thePlatformsDataIsNotUp'),
  },
  customer: {
    label: t('campaigns.unknownCustomer'),
    advice: t('campaigns.importTheCustomersProfileOrRemove'),
  },
  campaign: { label: t('campaigns.theCampaignWasNotRunning'), advice: t('campaigns.startOrResumeIt') },
  'do-not-call': { label: t('campaigns.askedNotToBeCalled'), advice: t('campaigns.doNotCallThem') },
  consent: { label: t('campaigns.noSufficientConsent'), advice: t('campaigns.askForConsentThroughAnotherChannel') },
  attempts: {
    label: t('campaigns.alreadyCalledAsOftenAsAllowed'),
    advice: t('campaigns.nothingToDoTheyAreCalled'),
  },
  holiday: { label: t('campaigns.aPublicHoliday'), advice: t('campaigns.nothingToDoButCheckThat') },
  hours: {
    label: t('campaigns.outsideCallingHours'),
    advice: t('campaigns.nothingToDoTheyAreCalled2'),
  },
})

export function ruleText(rule: string): RuleText {
  return rules()[rule] ?? { label: title(rule), advice: '' }
}

/**
 * Returns why the campaign as a whole calls nobody; `undefined` if it is running and customers are waiting for their
 * calls.
 */
export function campaignBlockReason(
  state: string,
  { listed, states }: Pick<ApiResponse<'/campaigns/{name}/funnel'>, 'listed' | 'states'>,
): string | undefined {
  if (state === 'draft') return t('campaigns.theCampaignHasNotBeenStarted')
  if (state !== 'running') return t('campaigns.theCampaignIsSoNobodyIs', { state })
  if (listed === 0) return t('campaigns.theListIsEmptyThereIs')
  if (states.some((one) => one.state === 'waiting' && one.customers > 0)) return undefined
  return t('campaigns.nobodyOnTheListIsWaiting')
}
