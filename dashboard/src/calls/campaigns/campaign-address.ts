import { pageAddress } from '../../route.ts'

export const CAMPAIGNS = 'campaigns'

export function campaignAddress(name: string): string {
  return pageAddress(CAMPAIGNS, name)
}
