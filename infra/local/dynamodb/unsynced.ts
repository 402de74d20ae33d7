/**
 * A program for Perl that takes fsync away from the program it becomes: a filter of the kernel (seccomp) answers the calls
 * with success and does nothing. Dynoxide waits for the disk at each commit (SQLite's FULL) and has no switch for it; what
 * has been written survives kill -9 without, as in our own files (store.ts). Sync-behind.ts brings it to the disk.
 *
 * The instructions, of Linux on x64: whose architecture is another one is let through; calls 74 (fsync) and 75 (fdatasync)
 * answer error 0, which is none; all others are let through. Where the kernel takes no filter, the program runs without.
 */
const PROGRAM = `my $filter = pack("SCCL" x 7, 0x20,0,0,4, 0x15,0,4,0xC000003E, 0x20,0,0,0, 0x15,1,0,74, 0x15,0,1,75, 6,0,0,0x00050000, 6,0,0,0x7FFF0000);
my $program = pack("S x6 P", 7, $filter);
syscall(157, 38, 1, 0, 0, 0) == 0 and syscall(157, 22, 2, $program);
exec @ARGV;`;

/** Empty where it would not be understood. Perl is part of every Debian; without it the database waits for the disk. */
export const UNSYNCED: string = process.platform === 'linux' && process.arch === 'x64' ? PROGRAM : '';
