import { pageHref } from '../../route.ts'

export const CAMPAIGNS = 'campaigns'

export function campaignHref(name: string): string {
  return pageHref(CAMPAIGNS, name)
}
