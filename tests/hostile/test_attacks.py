"""Files made to exhaust: each is read or refused within hard limits of time and memory, in a process of its own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

SECONDS, MEMORY = 60, 3 << 30  # quadratic work takes minutes; a busy machine is no fault
PROGRAM = f"""
import sys, warnings
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
except ImportError:
    pass
warnings.simplefilter("ignore")
import reformtext as rt
for path in sys.argv[1:]:
    faults = []
    documents = rt.read(path, on_error=faults.append)
    for document in documents:
        rt.clean(document.text)
    print(path.rsplit("/", 1)[-1], len(documents), sum(len(d.text) for d in documents), *faults, sep="\\t")
"""
