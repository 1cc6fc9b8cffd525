//! The arc-eager transition system (Nivre 2003) without labels, the root behind the last word (Ballesteros & Nivre 2013).

/// No word.
pub(crate) const NONE: u16 = u16::MAX;

/// What a parser can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// The next word goes onto the stack.
    Shift,
    /// The word on the stack, which has its head, goes.
    Reduce,
    /// The word on the stack hangs on the next word, and goes.
    Left,
    /// The next word hangs on the word on the stack, and goes onto it.
    Right,
}

impl Action {
    pub(crate) const ALL: [Action; 4] = [Action::Shift, Action::Reduce, Action::Left, Action::Right];
}

/// What is known of a word so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) head: u16,
    /// The outermost child on the left and the one that came before it.
    pub(crate) left: [u16; 2],
    pub(crate) right: [u16; 2],
    /// How many children it has on each side.
    pub(crate) lefts: u8,
    pub(crate) rights: u8,
}

const EMPTY: Slot = Slot { head: NONE, left: [NONE; 2], right: [NONE; 2], lefts: 0, rights: 0 };

/// A parse that is not finished.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) stack: Vec<u16>,
    /// The next word; the number of words for the root.
    pub(crate) next: u16,
    pub(crate) count: u16,
    /// One a word and one for the root.
    pub(crate) slots: Vec<Slot>,
}

impl State {
    /// Begins a sentence of `count` words.
    pub(crate) fn start(&mut self, count: usize) {
        self.stack.clear();
        self.next = 0;
        self.count = count as u16;
        self.slots.clear();
        self.slots.resize(count + 1, EMPTY);
    }

    pub(crate) fn copy_from(&mut self, other: &State) {
        self.stack.clone_from(&other.stack);
        self.slots.clone_from(&other.slots);
        self.next = other.next;
        self.count = other.count;
    }

    /// Whether each of [`Action::ALL`] can be taken. Where none can, the sentence is parsed.
    pub(crate) fn legal(&self) -> [bool; 4] {
        let more = self.next < self.count;
        match self.stack.last() {
            None => [more, false, false, false],
            Some(&top) => {
                let hangs = self.slots[top as usize].head != NONE;
                [more, hangs, !hangs, more]
            }
        }
    }

    pub(crate) fn act(&mut self, action: Action) {
        match action {
            Action::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Action::Reduce => {
                self.stack.pop();
            }
            Action::Left => {
                if let Some(top) = self.stack.pop() {
                    self.hang(top, self.next);
                }
            }
            Action::Right => {
                if let Some(&top) = self.stack.last() {
                    self.hang(self.next, top);
                }
                self.stack.push(self.next);
                self.next += 1;
            }
        }
    }

    fn hang(&mut self, child: u16, head: u16) {
        self.slots[child as usize].head = head;
        let slot = &mut self.slots[head as usize];
        if child < head {
            slot.left = [child, slot.left[0]];
            slot.lefts = slot.lefts.saturating_add(1);
        } else {
            slot.right = [child, slot.right[0]];
            slot.rights = slot.rights.saturating_add(1);
        }
    }

    /// The head of every word. One word is the root, whose head is the number of words; what else hangs on nothing hangs
    /// on that word.
    pub(crate) fn heads(&self) -> Vec<u16> {
        let mut heads: Vec<u16> = self.slots[..self.count as usize].iter().map(|slot| slot.head).collect();
        let mut root = None;
        for (i, head) in heads.iter_mut().enumerate() {
            if *head == NONE || *head == self.count {
                *head = root.unwrap_or(self.count);
                root = root.or(Some(i as u16));
            }
        }
        heads
    }
}
