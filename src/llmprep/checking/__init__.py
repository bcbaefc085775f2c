"""Floor 3: cases, run, compare, diagnose, report. No code of submissions or banks is executed on this floor."""
