import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { readConfig, WrongContext } from './config.ts';

const read = (context: Record<string, unknown>) => readConfig(new App({ context }).node);

describe('settings by cdk context', () => {
  it('need nothing to be said', () => {
    expect(read({})).toMatchObject({
      zone: 'Asia/Shanghai',
      logDays: 30,
      archiveDays: 0,
      protect: true,
      packs: ['private-domain'],
    });
    expect(read({}).alarmMail).toBeUndefined();
  });

  it('are read from the texts of the command line', () => {
    const given = {
      zone: 'Europe/Berlin',
      logDays: '90',
      dueShards: '16',
      protect: 'false',
      alarmMail: 'a@example.com',
    };
    expect(read(given)).toMatchObject({ ...given, logDays: 90, dueShards: 16, protect: false });
  });

  it('are refused all at once, each with what would be right', () => {
    const wrong = () =>
      read({
        zone: 'Shanghai',
        logDays: '31',
        alarmMail: 'nobody',
        protect: 'maybe',
        packs: 'other',
        partnerBuses: 'default',
      });
    expect(wrong).toThrow(WrongContext);
    expect(wrong).toThrow(/-c zone=….*Asia\/Shanghai/);
    expect(wrong).toThrow(/-c logDays=….*30, 60, 90/);
    expect(wrong).toThrow(/-c alarmMail=…/);
    expect(wrong).toThrow(/-c protect=…/);
    expect(wrong).toThrow(/-c partnerBuses=….*aws\.partner/);
    expect(wrong).toThrow(/-c packs=….*private-domain, saas-short-link/);
  });
});
