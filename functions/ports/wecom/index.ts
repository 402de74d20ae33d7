export { SealBroken, type Sealed, unseal } from './callback-crypto.ts';
export { readXml } from './callback-xml.ts';
export { WeComBusy, type WeComClient, WeComRefused, weComClient, weComClientFor } from './client.ts';
export { fetchContact, forgetFollow, keepFollow, knownFollow } from './contact.ts';
export { type CorpTags, corpTags } from './corp-tags.ts';
export { readOutward, saveOutward } from './outward.ts';
export { type WeComSettings, WeComSettingsWrong, weComSettings } from './settings.ts';
