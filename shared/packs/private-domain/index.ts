import { type Pack, packJourneys } from '../pack.ts';
import dormancy from './journeys/dormancy.json' with { type: 'json' };
import newCustomer from './journeys/new-customer.json' with { type: 'json' };
import vipCare from './journeys/vip-care.json' with { type: 'json' };
import { privateDomainRules } from './tags.ts';

export const privateDomain: Pack = {
  id: 'private-domain',
  name: { zh: '私域电商', en: 'Private-domain shop' },
  description: {
    zh: '四类标签、五类人群，新客欢迎、沉默唤醒与高价值客户一对一三个旅程，开箱即用。',
    en: 'Four categories of tags, five segments, and three journeys: welcoming the new, waking the silent, and speaking to the valued in person.',
  },
  version: 7,
  rules: privateDomainRules,
  journeys: packJourneys(newCustomer, dormancy, vipCare),
};
